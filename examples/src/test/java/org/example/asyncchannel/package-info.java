/**
 * A third-party loop on asynchronous channels. It follows the completion model: the system reports
 * that an operation is done, not that it can be done. It uses only the exports of {@code
 * org.asyncio4j.spi}, and no code of the built-in loops.
 */
package org.example.asyncchannel;
