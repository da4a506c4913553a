package org.asyncio4j.tck.mutants.harness;

import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.socket.TransportSocket;

/** The methods of a server. */
public final class ServerSeams extends Decorated<Server> {

  public final Seam<Void, List<TransportSocket>> sockets = seam("sockets");
  public final Seam<Void, Boolean> isServing = seam("isServing");
  public final Seam<Void, Void> startServing = seam("startServing");
  public final Seam<Void, Void> serveForever = seam("serveForever");
  public final Seam<Void, Void> close = seam("close");
  public final Seam<Void, Void> closeClients = seam("closeClients");
  public final Seam<Void, Void> abortClients = seam("abortClients");
  public final Seam<Void, Void> waitClosed = seam("waitClosed");

  /** Decorates the sockets that it shows. */
  public void shownSockets(Consumer<TransportSocketSeams> script) {
    sockets.returns(all -> all.stream().map(it -> loop().decorated(it, script)).toList());
  }

  /** {@return whether it is closed} */
  public boolean isClosed() {
    return correct().sockets().isEmpty();
  }

  /** {@return whether it has no connection} */
  public boolean hasNoClient() {
    return correct().toString().contains("clients=0");
  }
}
