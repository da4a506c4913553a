package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.List;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.TransportSocket;

/** A server that another one does the work of. */
class ForwardingServer implements Server {

  final Server real;

  ForwardingServer(Server real) {
    this.real = real;
  }

  @Override
  public List<TransportSocket> sockets() {
    return real.sockets();
  }

  @Override
  public boolean isServing() {
    return real.isServing();
  }

  @Override
  public void startServing() throws IOException {
    real.startServing();
  }

  @Override
  public void serveForever() throws IOException {
    real.serveForever();
  }

  @Override
  public void close() {
    real.close();
  }

  @Override
  public void closeClients() {
    real.closeClients();
  }

  @Override
  public void abortClients() {
    real.abortClients();
  }

  @Override
  public void waitClosed() {
    real.waitClosed();
  }
}
