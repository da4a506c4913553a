/**
 * Where the current context is stored: an interface between {@code Context} and the code that runs
 * tasks. Only the {@code spi} module uses it.
 */
@NullMarked
package org.asyncio4j.internal.context;

import org.jspecify.annotations.NullMarked;
