package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** The functions of libc for files, and for descriptors of any kind; see {@link LinuxCalls}. */
final class FileCalls {

  // Both are variadic after their second parameter, which matters on aarch64 and others.
  private static final Linker.Option TWO_NAMED = Linker.Option.firstVariadicArg(2);

  private static final MethodHandle OPEN =
      LinuxCalls.link(
          "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), LinuxCalls.ERRNO, TWO_NAMED);
  private static final MethodHandle FCNTL =
      LinuxCalls.link(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT),
          LinuxCalls.ERRNO,
          TWO_NAMED);
  private static final MethodHandle SENDFILE = sendfileOf(LinuxCalls.LIBC);

  private FileCalls() {}

  /**
   * Finds {@code sendfile} by either of its names, which are equivalent where {@code off_t} has 64
   * bits: musl has only the second. Without the function, files are copied, as if the kernel lacked
   * it.
   *
   * @param libc the symbols of libc
   * @return the function, or one that always fails with ENOSYS
   */
  static MethodHandle sendfileOf(SymbolLookup libc) {
    return libc.find("sendfile64")
        .or(() -> libc.find("sendfile"))
        .map(function ->
            LinuxCalls.link(
                function,
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG),
                LinuxCalls.ERRNO))
        .orElseGet(FileCalls::noSendfile);
  }

  private static MethodHandle noSendfile() {
    try {
      return MethodHandles.lookup()
          .findStatic(
              FileCalls.class,
              "noSendfile",
              MethodType.methodType(
                  long.class,
                  MemorySegment.class,
                  int.class,
                  int.class,
                  MemorySegment.class,
                  long.class));
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("noSendfile must be found", impossible);
    }
  }

  @SuppressWarnings("unused") // called by a method handle
  private static long noSendfile(
      MemorySegment state, int socket, int file, MemorySegment position, long count) {
    return LinuxCalls.failure(Errno.ENOSYS, state);
  }

  static int open(MemorySegment state, MemorySegment path, int flags) {
    try {
      return LinuxCalls.result((int) OPEN.invokeExact(state, path, flags), state);
    } catch (Throwable e) {
      throw LinuxCalls.unexpected(e);
    }
  }

  /** Calls fcntl with a command that takes no argument. */
  static int fcntl(MemorySegment state, int fd, int command) {
    try {
      return LinuxCalls.result((int) FCNTL.invokeExact(state, fd, command), state);
    } catch (Throwable e) {
      throw LinuxCalls.unexpected(e);
    }
  }

  static long sendfile(
      MemorySegment state, int socket, int file, MemorySegment position, long count) {
    try {
      return LinuxCalls.result(
          (long) SENDFILE.invokeExact(state, socket, file, position, count), state);
    } catch (Throwable e) {
      throw LinuxCalls.unexpected(e);
    }
  }
}
