/**
 * The futures of {@code org.asyncio4j.core} and their conversion to those of the JDK and of Guava,
 * on a loop. They are here because the module {@code api} contains no loop.
 */
package org.asyncio4j.spi.futures;
