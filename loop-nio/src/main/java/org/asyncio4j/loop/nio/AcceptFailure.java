package org.asyncio4j.loop.nio;

import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Locale;
import org.asyncio4j.spi.transport.ConnectionAbortedException;
import org.asyncio4j.spi.transport.ResourcesExhaustedException;

/**
 * Determines why {@link ServerSocketChannel#accept()} failed. The JDK drops the error number and
 * keeps the system's error text, in the language of the user. If the text is not recognized, a
 * second attempt to get a descriptor gives the reason.
 */
final class AcceptFailure {

  // strerror() of EMFILE, ENFILE, ENOBUFS and ENOMEM on glibc, musl, macOS and Windows.
  private static final List<String> EXHAUSTED =
      List.of(
          "too many open",
          "no file descriptors",
          "no buffer space",
          "cannot allocate memory",
          "out of memory");

  // ECONNABORTED and similar errors, for which the JDK repeats the call itself on Linux. The others
  // are errors that the new connection already had, which Linux reports here; EPERM comes from a
  // firewall.
  private static final List<String> ABORTED =
      List.of(
          "connection abort",
          "connection reset",
          "protocol error",
          "forcibly closed",
          "connection timed out",
          "network is down",
          "network is unreachable",
          "no route to host",
          "host is down",
          "protocol not available",
          "operation not supported",
          "operation not permitted",
          "not on the network");

  private AcceptFailure() {}

  /**
   * Loads the classes for reporting failures while descriptors are available. If classes are loaded
   * from files, none can be loaded when a call fails for lack of descriptors.
   */
  static void load() {
    IOException ignored = translate(new SocketException("too many open files"), true);
    ignored = translate(new SocketException("connection aborted"), true);
  }

  static IOException translate(IOException failure, boolean open) {
    String words = words(failure);
    String lowered = words.toLowerCase(Locale.ROOT);
    IOException translated = failure;
    if (EXHAUSTED.stream().anyMatch(lowered::contains)) {
      translated = new ResourcesExhaustedException(words);
    } else if (ABORTED.stream().anyMatch(lowered::contains)) {
      translated = new ConnectionAbortedException(words);
    } else if (open && !descriptorsLeft()) {
      translated = new ResourcesExhaustedException(words);
    }
    if (translated != failure) {
      translated.initCause(failure);
    }
    return translated;
  }

  static String words(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static boolean descriptorsLeft() {
    try (ServerSocketChannel probe = ServerSocketChannel.open()) {
      return probe.isOpen();
    } catch (IOException e) {
      return false;
    }
  }
}
