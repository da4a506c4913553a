/**
 * The classes of {@code org.asyncio4j.sync}, on a loop. They are here because the module {@code
 * api} contains no loop.
 */
package org.asyncio4j.spi.sync;
