package org.asyncio4j.tck.probe;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * A datagram protocol that records its calls in a trace by the names of the methods, but the text
 * of each datagram instead of {@code datagramReceived}. A subclass that overrides a method must
 * call it. May be queried from any thread.
 */
public class DatagramProbe implements DatagramProtocol {

  private final Trace trace = new Trace();
  private volatile @Nullable SocketAddress sender;
  private volatile @Nullable IOException error;

  /** Creates a protocol that was not called yet. */
  public DatagramProbe() {}

  @Override
  public void connectionMade(DatagramTransport transport) {
    trace.add("connectionMade");
  }

  @Override
  public void datagramReceived(ByteBuffer data, SocketAddress from) {
    sender = from;
    trace.add(StandardCharsets.US_ASCII.decode(data).toString());
  }

  @Override
  public void errorReceived(IOException failure) {
    error = failure;
    trace.add("errorReceived");
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    trace.add(exception == null ? "connectionLost" : "connectionLost with " + exception);
  }

  /** {@return the calls so far, and what else is recorded along with them} */
  public final Trace trace() {
    return trace;
  }

  /** {@return the sender of the last datagram} */
  public final @Nullable SocketAddress sender() {
    return sender;
  }

  /** {@return the last error} */
  public final @Nullable IOException error() {
    return error;
  }
}
