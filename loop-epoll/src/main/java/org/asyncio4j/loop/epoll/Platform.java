package org.asyncio4j.loop.epoll;

import java.lang.foreign.MemorySegment;
import org.asyncio4j.spi.Availability;

/** Finds out whether the driver can work here. */
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
    try {
      return probe();
    } catch (LinkageError e) {
      return Availability.unavailable("cannot call libc: " + e.getMessage());
    }
  }

  /**
   * Asks for a restricted method: only the attempt tells whether the JVM forbids them, or warns, or
   * neither.
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
}
