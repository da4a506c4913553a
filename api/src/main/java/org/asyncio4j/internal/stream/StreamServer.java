package org.asyncio4j.internal.stream;

import java.io.IOException;
import java.util.List;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.socket.TransportSocket;

/**
 * The server of a loop, which notifies the streams of its clients when it closes their connections.
 */
final class StreamServer implements Server {

  private final EventLoop loop;
  private final Server listening;
  private final Clients clients;

  StreamServer(EventLoop loop, Server listening, Clients clients) {
    this.loop = loop;
    this.listening = listening;
    this.clients = clients;
  }

  @Override
  public void closeClients() {
    LoopBootstraps.get().ensureOwner(loop, "Server.closeClients");
    clients.cutOff();
    listening.closeClients();
  }

  @Override
  public void abortClients() {
    LoopBootstraps.get().ensureOwner(loop, "Server.abortClients");
    clients.cutOff();
    listening.abortClients();
  }

  @Override
  public List<TransportSocket> sockets() {
    return listening.sockets();
  }

  @Override
  public int port() {
    return listening.port();
  }

  @Override
  public boolean isServing() {
    return listening.isServing();
  }

  @Override
  public void startServing() throws IOException {
    listening.startServing();
  }

  @Override
  public void serveForever() throws IOException {
    listening.serveForever();
  }

  @Override
  public void close() {
    listening.close();
  }

  @Override
  public void waitClosed() {
    listening.waitClosed();
  }

  @Override
  public String toString() {
    return listening.toString();
  }
}
