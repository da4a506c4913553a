package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The functions of libc for files, and for descriptors of any kind; see {@link LinuxCalls}. */
final class FileCalls {

  // Both may take more after their second parameter, of which aarch64 and others want to know.
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
  private static final MethodHandle SENDFILE =
      LinuxCalls.link(
          "sendfile64",
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG),
          LinuxCalls.ERRNO);

  private FileCalls() {}

  static int open(MemorySegment state, MemorySegment path, int flags) {
    try {
      return LinuxCalls.result((int) OPEN.invokeExact(state, path, flags), state);
    } catch (Throwable e) {
      throw LinuxCalls.unexpected(e);
    }
  }

  /** A command that takes no argument. */
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
