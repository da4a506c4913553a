package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;
import org.asyncio4j.spi.transport.ConnectionAbortedException;
import org.asyncio4j.spi.transport.ResourcesExhaustedException;

/** Error numbers of Linux, as on x86-64 and aarch64, and their exceptions. */
final class Errno {

  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int EINVAL = 22;
  static final int ENFILE = 23;
  static final int EMFILE = 24;
  static final int EPIPE = 32;
  static final int ENOSYS = 38;
  static final int ENONET = 64;
  static final int EPROTO = 71;
  static final int EOVERFLOW = 75;
  static final int ENOPROTOOPT = 92;
  static final int EOPNOTSUPP = 95;
  static final int EADDRINUSE = 98;
  static final int EADDRNOTAVAIL = 99;
  static final int ENETDOWN = 100;
  static final int ENETUNREACH = 101;
  static final int ECONNABORTED = 103;
  static final int ECONNRESET = 104;
  static final int ENOBUFS = 105;
  static final int ENOTCONN = 107;
  static final int ETIMEDOUT = 110;
  static final int ECONNREFUSED = 111;
  static final int EHOSTDOWN = 112;
  static final int EHOSTUNREACH = 113;
  static final int EINPROGRESS = 115;

  private Errno() {}

  /**
   * Loads the classes for reporting errors while descriptors are available. If classes are loaded
   * from files, none can be loaded when a call fails for lack of descriptors.
   */
  static void load() {
    IOException ignored = exception(EMFILE);
    ignored = datagramException(ECONNREFUSED);
    ignored = acceptException(EMFILE);
    ignored = acceptException(ECONNABORTED);
  }

  /** Returns the exception that the JDK throws for the same error. */
  static IOException exception(int errno) {
    String words = LinuxCalls.strerror(errno);
    return switch (errno) {
      case ECONNREFUSED, ETIMEDOUT, ENOTCONN -> new ConnectException(words);
      case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN -> new NoRouteToHostException(words);
      case EADDRINUSE, EADDRNOTAVAIL, EACCES -> new BindException(words);
      case EPROTO -> new ProtocolException(words);
      default -> new SocketException(words);
    };
  }

  /**
   * Returns the exception for a datagram that was not sent, or for the failure of an earlier one.
   * Only Unix sockets report a missing file: there is no receiver.
   */
  static IOException datagramException(int errno) {
    return errno == ECONNREFUSED || errno == ENOENT
        ? new PortUnreachableException(LinuxCalls.strerror(errno))
        : exception(errno);
  }

  /** Returns whether sendfile has failed because of the file, not the socket. */
  static boolean isOfFile(int errno) {
    return errno == EIO || errno == EOVERFLOW || errno == ENOMEM;
  }

  /** Returns the exception for a failed accept. */
  static IOException acceptException(int errno) {
    return switch (errno) {
      case EMFILE, ENFILE, ENOBUFS, ENOMEM ->
          new ResourcesExhaustedException(LinuxCalls.strerror(errno));
      // Errors that the new connection already had, which Linux reports here; according to
      // accept(2), the caller should retry. EPERM comes from a firewall.
      case ECONNABORTED,
          ECONNRESET,
          EPERM,
          ETIMEDOUT,
          ENETDOWN,
          EPROTO,
          ENOPROTOOPT,
          EHOSTDOWN,
          ENONET,
          EHOSTUNREACH,
          EOPNOTSUPP,
          ENETUNREACH ->
          new ConnectionAbortedException(LinuxCalls.strerror(errno));
      default -> exception(errno);
    };
  }
}
