/**
 * How {@code Asyncio} finds loops: a bridge that the {@code spi} module provides. Not used by other
 * code.
 */
@NullMarked
package org.asyncio4j.internal.bootstrap;

import org.jspecify.annotations.NullMarked;
