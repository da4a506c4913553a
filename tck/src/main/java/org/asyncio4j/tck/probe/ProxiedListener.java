package org.asyncio4j.tck.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.IntFunction;
import org.asyncio4j.tck.faults.ConnectionPlan;
import org.asyncio4j.tck.faults.FaultProxy;
import org.jspecify.annotations.Nullable;

/**
 * A plain listening socket that is reached through a relay: its port is that of the relay. The
 * relay outlives it.
 */
final class ProxiedListener extends ServerSocket {

  private final @Nullable FaultProxy proxy; // null while the constructor of ServerSocket runs

  ProxiedListener(InetAddress host, IntFunction<ConnectionPlan> plans) throws IOException {
    super(0, 0, host);
    setReceiveBufferSize(FaultProxy.BUFFER_BYTES);
    proxy = FaultProxy.to(new InetSocketAddress(host, super.getLocalPort()), plans);
  }

  /** {@return the relay, which is not closed with this} */
  FaultProxy proxy() {
    if (proxy == null) {
      throw new IllegalStateException("cannot return the relay: no listener was created yet");
    }
    return proxy;
  }

  @Override
  public int getLocalPort() {
    return proxy == null ? super.getLocalPort() : ((InetSocketAddress) proxy.address()).getPort();
  }
}
