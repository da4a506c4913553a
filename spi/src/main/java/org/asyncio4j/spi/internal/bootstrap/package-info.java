/**
 * How a loop is found and chosen, and how Ctrl-C reaches a program. Nobody enters from outside the
 * module.
 */
@NullMarked
package org.asyncio4j.spi.internal.bootstrap;

import org.jspecify.annotations.NullMarked;
