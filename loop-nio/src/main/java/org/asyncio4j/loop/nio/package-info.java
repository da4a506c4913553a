/**
 * A driver of non-blocking sockets over {@link java.nio.channels.Selector}. Users need nothing from
 * here: {@link org.asyncio4j.loop.nio.NioEventLoopProvider} is found by {@link
 * java.util.ServiceLoader}.
 *
 * <p>For maintainers: {@code SelectorPoller} waits, {@code NioStreamSocket} and {@code
 * NioListenerSocket} wrap one channel each. Channels are non-blocking from birth to death, and
 * java.nio arms its close-on-interrupt only around blocking calls: an interrupted thread can not
 * close a channel of the loop.
 */
@NullMarked
package org.asyncio4j.loop.nio;

import org.jspecify.annotations.NullMarked;
