/** Random calls of many threads to a loop that is closed meanwhile; a seed repeats the calls. */
package org.asyncio4j.spi.storm;
