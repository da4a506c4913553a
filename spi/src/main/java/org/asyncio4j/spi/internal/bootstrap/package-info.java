/** Finds and selects loops, and delivers Ctrl-C to a program. Not for use outside the module. */
@NullMarked
package org.asyncio4j.spi.internal.bootstrap;

import org.jspecify.annotations.NullMarked;
