/**
 * A loop of a third party, on asynchronous channels: the completion model, where the system says
 * that something is done rather than that it could be. It uses only what {@code org.asyncio4j.spi}
 * exports, and no code of the loops that come along.
 */
package org.example.asyncchannel;
