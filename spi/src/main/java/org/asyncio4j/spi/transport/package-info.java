/**
 * The parts of a transport that do not depend on the kind of I/O: phases and half-close, close,
 * abort and loss, flow control, the write buffer, the order of the protocol's callbacks, and
 * reports.
 *
 * <p>A loop implements {@link org.asyncio4j.spi.transport.StreamBackend} or {@link
 * org.asyncio4j.spi.transport.DatagramBackend} for one socket and calls {@link
 * org.asyncio4j.spi.transport.StreamEvents} or {@link org.asyncio4j.spi.transport.DatagramEvents}.
 * Both kinds of backend are supported: <i>readiness</i> (the system reports when a socket may be
 * read or written) and <i>completion</i> (the system reports what it has read or written, and owns
 * the memory until then). {@link org.asyncio4j.spi.readiness} and {@link
 * org.asyncio4j.spi.completion} are the two adapters that asyncio4j has.
 *
 * <p>Unless a method says otherwise, it is called on the loop's thread, one call at a time.
 */
@NullMarked
package org.asyncio4j.spi.transport;

import org.jspecify.annotations.NullMarked;
