/**
 * The classes of {@code org.asyncio4j.datagram}, on a loop and scripted sockets. They are here
 * because the module {@code api} contains no loop.
 */
package org.asyncio4j.spi.datagram;
