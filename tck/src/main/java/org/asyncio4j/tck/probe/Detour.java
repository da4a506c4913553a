package org.asyncio4j.tck.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import org.asyncio4j.tck.faults.ConnectionPlan;
import org.asyncio4j.tck.faults.FaultProxy;
import org.asyncio4j.tck.faults.Faults;

/** The path between a loop and its peers: direct, or through relays with faults. */
final class Detour implements AutoCloseable {

  private final Optional<Faults> faults;
  private final ConcurrentLinkedQueue<FaultProxy> proxies = new ConcurrentLinkedQueue<>();
  private final Map<SocketAddress, FaultProxy> servers = new HashMap<>(); // guarded by this

  Detour(Optional<Faults> faults) {
    this.faults = faults;
  }

  /** Creates a plain listening socket that the loop may connect to. */
  ServerSocket listener(InetAddress host) throws IOException {
    if (faults.isEmpty()) {
      return new ServerSocket(0, 0, host);
    }
    ProxiedListener listener = new ProxiedListener(host, nextPlans(faults.get()));
    proxies.add(listener.proxy());
    return listener;
  }

  /** Returns the address to connect to in order to reach a server, of the same kind. */
  synchronized SocketAddress towards(SocketAddress server) throws IOException {
    if (faults.isEmpty()) {
      return server;
    }
    FaultProxy proxy = servers.get(server);
    if (proxy == null) {
      proxy = FaultProxy.to(server, nextPlans(faults.get()));
      proxies.add(proxy);
      servers.put(server, proxy);
    }
    return proxy.address();
  }

  /** Gives a plain socket, before it is connected, as small a buffer as the relay has. */
  void prepare(Socket socket) throws IOException {
    if (faults.isPresent()) {
      socket.setReceiveBufferSize(FaultProxy.BUFFER_BYTES);
    }
  }

  /** Returns what was planned for connections so far. */
  List<String> log() {
    return proxies.stream().flatMap(proxy -> proxy.log().stream()).toList();
  }

  @Override
  public void close() {
    proxies.forEach(FaultProxy::close);
  }

  private IntFunction<ConnectionPlan> nextPlans(Faults all) {
    return all.withScene(all.scene() + "/" + proxies.size())::plan;
  }
}
