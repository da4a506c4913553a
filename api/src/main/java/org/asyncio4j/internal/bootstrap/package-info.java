/**
 * How the front door finds loops: a bridge that the {@code spi} module provides. Nobody else
 * enters.
 */
@NullMarked
package org.asyncio4j.internal.bootstrap;

import org.jspecify.annotations.NullMarked;
