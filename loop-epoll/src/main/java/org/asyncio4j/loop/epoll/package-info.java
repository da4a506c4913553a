/**
 * A driver of non-blocking sockets over Linux system calls. Users do not need this package: {@link
 * org.asyncio4j.loop.epoll.EpollEventLoopProvider} is found by {@link java.util.ServiceLoader}.
 *
 * <p>For maintainers, from the bottom: {@code LinuxCalls} and {@code FileCalls} are the functions
 * of libc, which return a negated {@code Errno} when they fail; {@code CallMemory} is the memory
 * that one driver passes to them; {@code LinuxSocket} is a descriptor; {@code EpollPoller} waits,
 * and {@code EventFd} wakes it. Calls of one driver never overlap, except {@code EventFd.signal},
 * so they share memory without locks.
 *
 * <h2>Whose memory a system call sees</h2>
 *
 * <p>A new system call needs a line here. The general rule: memory is passed as a {@link
 * java.lang.foreign.MemorySegment}, which the linker checks and holds for the call, and a structure
 * points only to memory of the driver. {@code NativeMemoryTest} checks that no other code takes
 * addresses out of segments.
 *
 * <table>
 * <caption>Owners of memory</caption>
 * <thead>
 * <tr><th>memory and calls</th><th>owner</th><th>when it is freed, and by which thread</th></tr>
 * </thead>
 * <tbody>
 * <tr><td>errno of every call; {@code sockaddr}, {@code socklen_t}, options and groups ({@code
 * bind}, {@code connect}, {@code accept4}, {@code getsockname}, {@code getpeername}, {@code
 * getsockopt}, {@code setsockopt}, {@code recvfrom}, {@code sendto}); {@code timespec} and events
 * ({@code epoll_ctl}, {@code epoll_wait}, {@code epoll_pwait2}); {@code msghdr} and {@code iovec}
 * ({@code sendmsg}); the offset of {@code sendfile64}; copies of buffers</td>
 * <td>the driver: {@code CallMemory} and its parts, in one arena</td>
 * <td>the garbage collector, when neither the poller nor a socket of the driver can be reached. Used
 * by one call at a time, on the thread that runs the loop or closes it.</td></tr>
 * <tr><td>bytes that connections still have to write ({@code send}, {@code sendmsg})</td>
 * <td>the loop: buffers of {@code Sockets.allocateBuffer}, in the same arena</td>
 * <td>as above; an application never sees them. {@code sendmsg} uses them without a copy.</td></tr>
 * <tr><td>direct buffers of the application, one at a time ({@code recv}, {@code send}, {@code
 * recvfrom}, {@code sendto})</td>
 * <td>the application</td>
 * <td>the application, at any time: on any thread (shared arena), on its own thread only (confined
 * arena), or the garbage collector. The call throws if the memory is gone or belongs to another
 * thread; closing the arena throws while the call lasts.</td></tr>
 * <tr><td>buffers of the application, several at a time ({@code sendmsg})</td>
 * <td>the application</td>
 * <td>as above; they are copied before the call, which checks the same, because the linker does not
 * see what an {@code iovec} points to.</td></tr>
 * <tr><td>buffers on the heap, one at a time</td>
 * <td>the garbage collector</td>
 * <td>it moves them: {@code recv} and {@code send} block it while they copy ({@code
 * Linker.Option.critical}, at most 256 KiB), {@code recvfrom} and {@code sendto} use a copy.</td></tr>
 * <tr><td>file names ({@code open})</td>
 * <td>the call: a copy in a separate arena, since paths have no maximum length</td>
 * <td>the garbage collector</td></tr>
 * <tr><td>the text of {@code strerror}</td><td>libc</td>
 * <td>never; it is copied at once</td></tr>
 * <tr><td>{@code epoll_create1}, {@code eventfd}, {@code eventfd_write}, {@code fcntl}, {@code
 * socket}, {@code listen}, {@code shutdown}, {@code close}</td>
 * <td>see no memory except errno</td>
 * <td>{@code eventfd_write} and {@code close} see no errno either: any thread may call
 * them.</td></tr>
 * </tbody>
 * </table>
 *
 * <p>Only one thread at a time may use a {@link java.nio.ByteBuffer}: its position and limit must
 * not change while it becomes a segment. The length of a call is that of the segment.
 */
@NullMarked
package org.asyncio4j.loop.epoll;

import org.jspecify.annotations.NullMarked;
