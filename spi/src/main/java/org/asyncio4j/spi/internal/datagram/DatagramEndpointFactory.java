package org.asyncio4j.spi.internal.datagram;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.DatagramConnection;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.hooks.ConnectDatagramRequest;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.net.ConnectFailures;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.jspecify.annotations.Nullable;

/** Creates an endpoint for an open socket: creates protocol and transport, and waits. */
final class DatagramEndpointFactory {

  private DatagramEndpointFactory() {}

  /**
   * The parts of an endpoint.
   *
   * @param socket the socket, which is closed on failure
   * @param peer the only address to send to
   * @param beforeClose runs when the endpoint closes its socket
   */
  record Opened(SocketHandle socket, Optional<SocketAddress> peer, Runnable beforeClose) {}

  /** Connects an open socket to its only peer, and closes it if that fails. */
  static void connect(
      NetworkLoop loop,
      SocketHandle socket,
      SocketAddress remote,
      Optional<? extends SocketAddress> local)
      throws IOException {
    boolean connected = false;
    try {
      loop.hooks().connectDatagram(new ConnectDatagramRequest(socket, remote));
      connected = true;
    } catch (IOException refused) {
      throw ConnectFailures.named(refused, remote, local);
    } finally {
      if (!connected) {
        socket.close();
      }
    }
  }

  static <P extends DatagramProtocol> DatagramConnection<P> make(
      NetworkLoop loop, Opened opened, Supplier<? extends P> protocolFactory) throws IOException {
    P protocol;
    DatagramTransport transport;
    Promise<@Nullable Void> waiter = loop.eventLoop().createFuture();
    try {
      protocol = protocolFactory.get();
      transport =
          loop.hooks()
              .makeDatagramTransport(
                  new DatagramTransportRequest(
                      opened.socket(),
                      protocol,
                      opened.peer(),
                      Optional.of(waiter),
                      Context.copyCurrent(),
                      opened.beforeClose()));
    } catch (Throwable thrown) {
      opened.socket().close();
      throw thrown;
    }
    try {
      waiter.await();
    } catch (Throwable thrown) {
      transport.close();
      throw thrown;
    }
    return new DatagramConnection<>(transport, protocol);
  }
}
