package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The functions of libc that the driver uses, except those of {@link FileCalls}. They return the
 * result of libc, or the negated {@link Errno} if the result is -1.
 *
 * <p>The first parameter receives errno; it is memory of {@link #STATE_LAYOUT} that no other call
 * uses at the same time.
 *
 * <p>Every pointer is a {@link MemorySegment}, never a plain number. The linker checks its session
 * before the call, which throws {@link IllegalStateException} if the memory was freed and {@link
 * WrongThreadException} if it belongs to another thread, and holds the session until the call has
 * returned. An address that was taken out of a segment would lose both, so {@code NativeMemoryTest}
 * forbids it. Memory that a structure points to is not a parameter: see {@link GatherVector}.
 *
 * <p>Only calls on heap buffers are critical, which blocks the garbage collector during the call;
 * this is short, because sockets are non-blocking and {@link LinuxSocket} bounds the number of
 * bytes.
 */
@SuppressWarnings("restricted") // the one place that needs native access
final class LinuxCalls {

  /** The layout of the memory in which a call stores errno. */
  static final StructLayout STATE_LAYOUT = Linker.Option.captureStateLayout();

  private static final long ERRNO_OFFSET =
      STATE_LAYOUT.byteOffset(PathElement.groupElement("errno"));

  private static final Linker LINKER = Linker.nativeLinker();
  static final SymbolLookup LIBC = LINKER.defaultLookup();
  static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final Linker.Option ON_HEAP = Linker.Option.critical(true);

  private static final MethodHandle EPOLL_CREATE1 = intCall("epoll_create1", JAVA_INT);
  private static final MethodHandle EPOLL_CTL =
      intCall("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle EPOLL_WAIT =
      intCall("epoll_wait", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final Optional<MethodHandle> EPOLL_PWAIT2_IF_ANY =
      LIBC.find("epoll_pwait2").map(f -> link(f, pwait2Descriptor(), ERRNO));
  // A separate constant, because the JIT compiler inlines only handles in static final fields.
  private static final MethodHandle EPOLL_PWAIT2 = EPOLL_PWAIT2_IF_ANY.orElse(EPOLL_WAIT);
  private static final MethodHandle EVENTFD = intCall("eventfd", JAVA_INT, JAVA_INT);
  private static final MethodHandle EVENTFD_WRITE =
      link("eventfd_write", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle CLOSE =
      link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle SOCKET = intCall("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = intCall("bind", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle LISTEN = intCall("listen", JAVA_INT, JAVA_INT);
  private static final MethodHandle CONNECT = intCall("connect", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle ACCEPT4 =
      intCall("accept4", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKNAME =
      intCall("getsockname", JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle GETPEERNAME =
      intCall("getpeername", JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle GETSOCKOPT =
      intCall("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SETSOCKOPT =
      intCall("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SHUTDOWN = intCall("shutdown", JAVA_INT, JAVA_INT);
  private static final MethodHandle SENDMSG =
      link("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT), ERRNO);
  private static final MethodHandle RECV = link("recv", transferDescriptor(), ERRNO);
  private static final MethodHandle RECV_ON_HEAP =
      link("recv", transferDescriptor(), ERRNO, ON_HEAP);
  private static final MethodHandle SEND = link("send", transferDescriptor(), ERRNO);
  private static final MethodHandle SEND_ON_HEAP =
      link("send", transferDescriptor(), ERRNO, ON_HEAP);
  private static final MethodHandle RECVFROM = link("recvfrom", datagramDescriptor(), ERRNO);
  private static final MethodHandle SENDTO = link("sendto", sendtoDescriptor(), ERRNO);
  private static final MethodHandle STRERROR =
      link("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private LinuxCalls() {}

  private static MethodHandle intCall(String name, MemoryLayout... parameters) {
    return link(name, FunctionDescriptor.of(JAVA_INT, parameters), ERRNO);
  }

  static MethodHandle link(String name, FunctionDescriptor descriptor, Linker.Option... options) {
    MemorySegment function =
        LIBC.find(name).orElseThrow(() -> new UnsatisfiedLinkError("libc has no " + name));
    return link(function, descriptor, options);
  }

  static MethodHandle link(
      MemorySegment function, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(function, descriptor, options);
  }

  private static FunctionDescriptor transferDescriptor() {
    return FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  }

  private static FunctionDescriptor datagramDescriptor() {
    return FunctionDescriptor.of(
        JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
  }

  private static FunctionDescriptor sendtoDescriptor() {
    return FunctionDescriptor.of(
        JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  }

  private static FunctionDescriptor pwait2Descriptor() {
    return FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
  }

  /** Fails like a function of libc. */
  static int failure(int errno, MemorySegment state) {
    state.set(JAVA_INT, ERRNO_OFFSET, errno);
    return -1;
  }

  static int result(int answer, MemorySegment state) {
    return answer >= 0 ? answer : -state.get(JAVA_INT, ERRNO_OFFSET);
  }

  static long result(long answer, MemorySegment state) {
    return answer >= 0 ? answer : -state.get(JAVA_INT, ERRNO_OFFSET);
  }

  /**
   * Converts the Throwable that a method handle declares; a downcall throws only exceptions about
   * its arguments.
   */
  static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof RuntimeException exception) {
      return exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(thrown);
  }

  static int epollCreate1(MemorySegment state, int flags) {
    try {
      return result((int) EPOLL_CREATE1.invokeExact(state, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int epollCtl(MemorySegment state, int epoll, int operation, int fd, MemorySegment event) {
    try {
      return result((int) EPOLL_CTL.invokeExact(state, epoll, operation, fd, event), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int epollWait(
      MemorySegment state, int epoll, MemorySegment events, int capacity, int millis) {
    try {
      return result((int) EPOLL_WAIT.invokeExact(state, epoll, events, capacity, millis), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Returns whether libc has {@code epoll_pwait2}; the kernel may still lack it. */
  static boolean hasEpollPwait2() {
    return EPOLL_PWAIT2_IF_ANY.isPresent();
  }

  static int epollPwait2(
      MemorySegment state, int epoll, MemorySegment events, int capacity, MemorySegment timeout) {
    try {
      return result(
          (int)
              EPOLL_PWAIT2.invokeExact(state, epoll, events, capacity, timeout, MemorySegment.NULL),
          state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int eventFd(MemorySegment state, int initial, int flags) {
    try {
      return result((int) EVENTFD.invokeExact(state, initial, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Needs no memory, so any thread may call it. It fails only if the counter is full, and in that
   * case a signal is pending.
   */
  static void eventFdWrite(int fd, long value) {
    try {
      int ignored = (int) EVENTFD_WRITE.invokeExact(fd, value);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Linux releases the descriptor even if this fails; retrying could close another descriptor with
   * the same number.
   */
  static void close(int fd) {
    try {
      int ignored = (int) CLOSE.invokeExact(fd);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int socket(MemorySegment state, int domain, int type, int protocol) {
    try {
      return result((int) SOCKET.invokeExact(state, domain, type, protocol), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int bind(MemorySegment state, int fd, MemorySegment address, int length) {
    try {
      return result((int) BIND.invokeExact(state, fd, address, length), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int listen(MemorySegment state, int fd, int backlog) {
    try {
      return result((int) LISTEN.invokeExact(state, fd, backlog), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int connect(MemorySegment state, int fd, MemorySegment address, int length) {
    try {
      return result((int) CONNECT.invokeExact(state, fd, address, length), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int accept4(
      MemorySegment state, int fd, MemorySegment address, MemorySegment length, int flags) {
    try {
      return result((int) ACCEPT4.invokeExact(state, fd, address, length, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int getsockname(MemorySegment state, int fd, MemorySegment address, MemorySegment length) {
    try {
      return result((int) GETSOCKNAME.invokeExact(state, fd, address, length), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int getpeername(MemorySegment state, int fd, MemorySegment address, MemorySegment length) {
    try {
      return result((int) GETPEERNAME.invokeExact(state, fd, address, length), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int getsockopt(
      MemorySegment state, int fd, int level, int name, MemorySegment value, MemorySegment length) {
    try {
      return result((int) GETSOCKOPT.invokeExact(state, fd, level, name, value, length), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int setsockopt(
      MemorySegment state, int fd, int level, int name, MemorySegment value, int length) {
    try {
      return result((int) SETSOCKOPT.invokeExact(state, fd, level, name, value, length), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int shutdown(MemorySegment state, int fd, int how) {
    try {
      return result((int) SHUTDOWN.invokeExact(state, fd, how), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long sendmsg(MemorySegment state, int fd, MemorySegment message, int flags) {
    try {
      return result((long) SENDMSG.invokeExact(state, fd, message, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long recv(MemorySegment state, int fd, MemorySegment target, long length, int flags) {
    try {
      return target.isNative()
          ? result((long) RECV.invokeExact(state, fd, target, length, flags), state)
          : result((long) RECV_ON_HEAP.invokeExact(state, fd, target, length, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long send(MemorySegment state, int fd, MemorySegment source, long length, int flags) {
    try {
      return source.isNative()
          ? result((long) SEND.invokeExact(state, fd, source, length, flags), state)
          : result((long) SEND_ON_HEAP.invokeExact(state, fd, source, length, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Accepts only memory outside the heap. */
  static long recvfrom(
      MemorySegment state,
      int fd,
      MemorySegment target,
      long capacity,
      MemorySegment address,
      MemorySegment length) {
    try {
      return result(
          (long) RECVFROM.invokeExact(state, fd, target, capacity, 0, address, length), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Accepts only memory outside the heap. */
  static long sendto(
      MemorySegment state,
      int fd,
      MemorySegment source,
      long length,
      MemorySegment address,
      int addressLength) {
    try {
      return result(
          (long) SENDTO.invokeExact(state, fd, source, length, 0, address, addressLength), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Returns the system's error text, in the language of the user. */
  static String strerror(int errno) {
    try {
      MemorySegment words = (MemorySegment) STRERROR.invokeExact(errno);
      return words.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }
}
