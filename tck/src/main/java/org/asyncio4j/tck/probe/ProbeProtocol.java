package org.asyncio4j.tck.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that records its calls in a trace, as {@code made}, {@code data}, {@code eof}, {@code
 * lost}, and keeps what arrives. A subclass that overrides a method must call it. May be queried
 * from any thread.
 */
public class ProbeProtocol implements Protocol {

  private final Trace trace;
  private final CountDownLatch made = new CountDownLatch(1);
  private final CountDownLatch lost = new CountDownLatch(1);
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Transport transport;
  private volatile @Nullable Throwable reason;

  /**
   * Creates a protocol without a connection.
   *
   * @param trace where it records its calls
   */
  public ProbeProtocol(Trace trace) {
    this.trace = trace;
  }

  @Override
  public void connectionMade(Transport connection) {
    trace.add("made");
    transport = connection;
    made.countDown();
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    trace.add("data");
    received.add(StandardCharsets.US_ASCII.decode(data).toString());
  }

  @Override
  public boolean eofReceived() {
    trace.add("eof");
    return false;
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    trace.add("lost");
    reason = exception;
    lost.countDown();
  }

  /** {@return counted down when the connection is made} */
  public final CountDownLatch made() {
    return made;
  }

  /** {@return counted down when the connection is lost} */
  public final CountDownLatch lost() {
    return lost;
  }

  /** {@return what has arrived so far} */
  public final String received() {
    return String.join("", received);
  }

  /** {@return the exception that the connection was lost with, if any} */
  public final Optional<Throwable> reason() {
    return Optional.ofNullable(reason);
  }

  /** {@return the connection, which has been made} */
  public final Transport transport() {
    Transport connection = transport;
    if (connection == null) {
      throw new RuleViolation("connectionMade must have been called, but it was not");
    }
    return connection;
  }
}
