package org.asyncio4j.spi.stream;

import java.util.List;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.socket.TransportSocket;

/** A server that listens nowhere, of the clients that a test lets connect. */
final class ScriptedServer implements Server {

  private final List<ScriptedTransport> clients;

  ScriptedServer(List<ScriptedTransport> clients) {
    this.clients = clients;
  }

  @Override
  public void closeClients() {
    clients.forEach(Transport::close);
  }

  @Override
  public void abortClients() {
    clients.forEach(Transport::abort);
  }

  @Override
  public List<TransportSocket> sockets() {
    return List.of();
  }

  @Override
  public boolean isServing() {
    return true;
  }

  @Override
  public void startServing() {}

  @Override
  public void serveForever() {
    throw new UnsupportedOperationException("no test waits for it");
  }

  @Override
  public void close() {}

  @Override
  public void waitClosed() {}
}
