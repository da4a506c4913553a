/**
 * A driver of non-blocking sockets over {@link java.nio.channels.Selector}. Users do not need this
 * package: {@link org.asyncio4j.loop.nio.NioEventLoopProvider} is found by {@link
 * java.util.ServiceLoader}.
 *
 * <p>For maintainers: {@code SelectorPoller} waits, {@code NioStreamSocket} and {@code
 * NioListenerSocket} wrap one channel each. Channels are always non-blocking, and java.nio closes
 * channels on interrupt only in blocking calls, so an interrupted thread cannot close a channel of
 * the loop.
 */
@NullMarked
package org.asyncio4j.loop.nio;

import org.jspecify.annotations.NullMarked;
