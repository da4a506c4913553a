/**
 * A driver of non-blocking sockets over Linux system calls. Users need nothing from here: {@link
 * org.asyncio4j.loop.epoll.EpollEventLoopProvider} is found by {@link java.util.ServiceLoader}.
 *
 * <p>For maintainers, from the bottom: {@code LinuxCalls} are the functions of libc, which answer a
 * negated {@code Errno} when they fail; {@code CallMemory} is what one driver passes to them;
 * {@code LinuxSocket} is a descriptor; {@code EpollPoller} waits, and {@code EventFd} wakes it.
 * Calls of one driver never overlap, except {@code EventFd.signal}, so they share memory without
 * locks.
 */
@NullMarked
package org.asyncio4j.loop.epoll;

import org.jspecify.annotations.NullMarked;
