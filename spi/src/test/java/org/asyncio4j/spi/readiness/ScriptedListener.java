package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.StreamSocket;

/** A listener whose connections the test creates. */
final class ScriptedListener extends ScriptedSocket implements ListenerSocket {

  IOException bindFailure;
  IOException listenFailure;

  /** Thrown by each accept while it is set. */
  IOException acceptFailure;

  private final Deque<Object> waiting = new ArrayDeque<>();

  ScriptedStream comes() {
    ScriptedStream stream = new ScriptedStream();
    waiting.add(stream);
    return stream;
  }

  void comes(IOException failure) {
    waiting.add(failure);
  }

  int waiting() {
    return waiting.size();
  }

  @Override
  int readiness() {
    return waiting.isEmpty() ? 0 : Interest.READ;
  }

  @Override
  public void bind(SocketAddress local, int backlog) throws IOException {
    calls.add("bind " + local + " " + backlog);
    if (bindFailure != null) {
      throw bindFailure;
    }
  }

  @Override
  public void listen(int backlog) throws IOException {
    calls.add("listen " + backlog);
    if (listenFailure != null) {
      throw listenFailure;
    }
  }

  @Override
  public StreamSocket accept() throws IOException {
    calls.add("accept");
    if (acceptFailure != null) {
      throw acceptFailure;
    }
    Object next = waiting.poll();
    if (next instanceof IOException failure) {
      throw failure;
    }
    return (StreamSocket) next;
  }
}
