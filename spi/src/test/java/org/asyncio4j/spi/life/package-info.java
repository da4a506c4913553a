/** The life of a loop: runs, threads, contexts, and what happens after it is closed. */
package org.asyncio4j.spi.life;
