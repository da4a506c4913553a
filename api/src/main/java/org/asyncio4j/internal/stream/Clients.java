package org.asyncio4j.internal.stream;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** The open connections of a server. */
final class Clients {

  // Weak: a connection that was given another protocol does not report its loss.
  private final Set<StreamsProtocol> connections = Collections.newSetFromMap(new WeakHashMap<>());

  void add(StreamsProtocol connection) {
    connections.add(connection);
  }

  void remove(StreamsProtocol connection) {
    connections.remove(connection);
  }

  /** Notes that the server is about to close all connections. */
  void cutOff() {
    connections.forEach(StreamsProtocol::cutOff);
  }
}
