package org.asyncio4j.internal.stream;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** The connections of a server that are not lost. */
final class Clients {

  // Weak: one that was given another protocol does not tell of its loss.
  private final Set<StreamsProtocol> connections = Collections.newSetFromMap(new WeakHashMap<>());

  void add(StreamsProtocol connection) {
    connections.add(connection);
  }

  void remove(StreamsProtocol connection) {
    connections.remove(connection);
  }

  /** The server is about to close them all. */
  void cutOff() {
    connections.forEach(StreamsProtocol::cutOff);
  }
}
