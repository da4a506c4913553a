/**
 * A complete loop over two small interfaces, a {@link org.asyncio4j.spi.driver.Poller} and the
 * non-blocking calls of {@link org.asyncio4j.spi.driver.Sockets}. For authors of drivers.
 *
 * <p>Unless a method says otherwise, it is called on the loop's thread or on a thread that stands
 * in for it, one call at a time. Nothing is {@code null} unless marked. Involved in the chapters
 * <i>TCP client</i>, <i>TCP server</i>, <i>flow control</i>, <i>end of file and errors</i> and
 * <i>UDP</i> of SPEC.md.
 */
@NullMarked
package org.asyncio4j.spi.readiness;

import org.jspecify.annotations.NullMarked;
