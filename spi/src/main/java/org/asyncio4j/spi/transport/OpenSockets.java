package org.asyncio4j.spi.transport;

import java.util.IdentityHashMap;
import java.util.List;
import org.asyncio4j.spi.hooks.SocketHandle;

/**
 * The open sockets of a loop: those of transports, listeners and connection attempts, and those in
 * transit between them. A loop closes them when it is closed. Used on the loop's thread.
 */
public final class OpenSockets {

  private static final int FIRST_SWEEP = 64;

  private final IdentityHashMap<SocketHandle, Entry> entries = new IdentityHashMap<>();
  private int sweepAt = FIRST_SWEEP;

  OpenSockets() {}

  /**
   * Adds a socket that has no owner yet.
   *
   * @param socket the socket
   */
  public void add(SocketHandle socket) {
    if (entries.size() >= sweepAt) {
      sweep();
    }
    entries.put(socket, new Entry(() -> closeOnce(socket), false));
  }

  /**
   * Assigns a socket to its owner, which alone may close it from now on.
   *
   * @param socket the socket
   * @param release closes the socket and everything that belongs to it; called when the loop is
   *     closed
   * @throws IllegalStateException if the socket was claimed before
   */
  public void claim(SocketHandle socket, Runnable release) {
    Entry entry = entries.get(socket);
    if (entry != null && entry.claimed()) {
      throw new IllegalStateException(
          "cannot make a transport of %s: it has one already; use that one".formatted(socket));
    }
    entries.put(socket, new Entry(release, true));
  }

  /**
   * Removes a socket that was closed.
   *
   * @param socket the socket
   */
  public void remove(SocketHandle socket) {
    entries.remove(socket);
  }

  /** Closes all sockets. */
  public void closeAll() {
    List<Entry> all = List.copyOf(entries.values());
    entries.clear();
    all.forEach(entry -> entry.release().run());
  }

  private static void closeOnce(SocketHandle socket) {
    if (socket.isOpen()) {
      socket.close();
    }
  }

  /**
   * Removes closed sockets: an owner may close a socket without notifying us, so this runs from
   * time to time.
   */
  private void sweep() {
    entries.keySet().removeIf(socket -> !socket.isOpen());
    sweepAt = Math.max(FIRST_SWEEP, 2 * entries.size());
  }

  private record Entry(Runnable release, boolean claimed) {}
}
