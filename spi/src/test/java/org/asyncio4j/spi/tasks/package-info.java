/**
 * The classes of {@code org.asyncio4j.tasks}, and tasks themselves, on a loop. They are here
 * because the module {@code api} contains no loop.
 */
package org.asyncio4j.spi.tasks;
