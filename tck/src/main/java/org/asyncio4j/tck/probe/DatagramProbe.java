package org.asyncio4j.tck.probe;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * A datagram protocol that records its calls in a trace: {@code made}, the text of each datagram,
 * {@code error}, {@code lost}. A subclass that overrides a method must call it. May be queried from
 * any thread.
 */
public class DatagramProbe implements DatagramProtocol {

  private final Trace trace = new Trace();
  private volatile @Nullable SocketAddress sender;
  private volatile @Nullable IOException error;

  /** Creates a protocol that was not called yet. */
  public DatagramProbe() {}

  @Override
  public void connectionMade(DatagramTransport transport) {
    trace.add("made");
  }

  @Override
  public void datagramReceived(ByteBuffer data, SocketAddress from) {
    sender = from;
    trace.add(StandardCharsets.US_ASCII.decode(data).toString());
  }

  @Override
  public void errorReceived(IOException failure) {
    error = failure;
    trace.add("error");
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    trace.add(exception == null ? "lost" : "lost with " + exception);
  }

  /** {@return the calls so far, in order} */
  public final List<String> events() {
    return trace.events();
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
