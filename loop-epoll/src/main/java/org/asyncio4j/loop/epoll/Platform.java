package org.asyncio4j.loop.epoll;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.asyncio4j.spi.Availability;

/** Determines whether the driver can work here. */
final class Platform {

  private static final String OS = System.getProperty("os.name", "");
  private static final String ARCH = System.getProperty("os.arch", "");

  private Platform() {}

  static boolean isX86() {
    return ARCH.equals("amd64") || ARCH.equals("x86_64");
  }

  private static boolean isArm() {
    return ARCH.equals("aarch64");
  }

  static Availability availability() {
    if (!OS.equals("Linux")) {
      return Availability.unavailable("needs Linux but os.name is " + OS);
    }
    if (!isX86() && !isArm()) {
      return Availability.unavailable("needs amd64 or aarch64 but os.arch is " + ARCH);
    }
    if (!hasNativeAccess()) {
      return Availability.unavailable("needs --enable-native-access=" + moduleName());
    }
    return Libc.PROBLEM.map(Availability::unavailable).orElseGet(Platform::probe);
  }

  /**
   * Runs code that needs the calls to be linked.
   *
   * @return the reason why they cannot be linked
   */
  static Optional<String> problemOf(Runnable linking) {
    try {
      linking.run();
      return Optional.empty();
    } catch (LinkageError error) {
      Throwable reason = error.getCause() == null ? error : error.getCause();
      return Optional.of("cannot call libc: " + reason);
    }
  }

  /**
   * Calls a restricted method: only the attempt shows whether the JVM forbids such calls, warns, or
   * does neither.
   */
  @SuppressWarnings("restricted")
  private static boolean hasNativeAccess() {
    try {
      return MemorySegment.NULL.reinterpret(0).byteSize() == 0;
    } catch (IllegalCallerException e) {
      return false;
    }
  }

  private static String moduleName() {
    String name = Platform.class.getModule().getName();
    return name == null ? "ALL-UNNAMED" : name;
  }

  private static Availability probe() {
    int answer = LinuxCalls.epollCreate1(new CallMemory().state, EpollPoller.EPOLL_CLOEXEC);
    if (answer < 0) {
      return Availability.unavailable("epoll_create1 fails: " + LinuxCalls.strerror(-answer));
    }
    LinuxCalls.close(answer);
    return Availability.available();
  }

  /**
   * Determined once, because a class that fails to initialize gives its reason only the first time.
   */
  private static final class Libc {

    static final Optional<String> PROBLEM = problemOf(() -> LinuxCalls.strerror(0));
  }
}
