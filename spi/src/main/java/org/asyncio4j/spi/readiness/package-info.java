/**
 * A whole loop over two small interfaces, a {@link org.asyncio4j.spi.readiness.Poller} and the
 * non-blocking calls of {@link org.asyncio4j.spi.readiness.Sockets}. Authors of drivers enter here.
 *
 * <p>Everything is called on the loop's thread or on a thread that stands in for it, by one at a
 * time, unless a method says otherwise. Nothing is {@code null} unless marked. Serves the chapters
 * <i>TCP client</i>, <i>TCP server</i>, <i>flow control</i>, <i>end of file and errors</i> and
 * <i>UDP</i> of SPEC.md.
 */
@NullMarked
package org.asyncio4j.spi.readiness;

import org.jspecify.annotations.NullMarked;
