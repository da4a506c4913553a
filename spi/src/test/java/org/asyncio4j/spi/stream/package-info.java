/**
 * The classes of {@code org.asyncio4j.stream}, on a loop and a scripted transport. They are here
 * because the module {@code api} contains no loop.
 */
package org.asyncio4j.spi.stream;
