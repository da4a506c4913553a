package org.asyncio4j.tck.probe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What all stream protocols of the kit record: their calls in a trace, by the names of the methods,
 * and all data. A subclass that overrides a method must call it. May be queried from any thread.
 */
public abstract class StreamProbe implements BaseProtocol {

  private static final String DATA = "dataReceived";

  private final Trace trace;
  private final CountDownLatch made = new CountDownLatch(1);
  private final CountDownLatch lost = new CountDownLatch(1);
  private final Object lock = new Object();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream(); // guarded by lock
  private volatile @Nullable Transport transport;
  private volatile @Nullable Throwable reason;

  StreamProbe(Trace trace) {
    this.trace = trace;
  }

  /**
   * Records a call.
   *
   * @param connection the connection
   */
  public void connectionMade(Transport connection) {
    trace.add("connectionMade");
    transport = connection;
    made.countDown();
  }

  /**
   * Records a call.
   *
   * @return false
   */
  public boolean eofReceived() {
    trace.add("eofReceived");
    return false;
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    reason = exception;
    trace.add("connectionLost");
    lost.countDown();
  }

  @Override
  public void pauseWriting() {
    trace.add("pauseWriting");
  }

  @Override
  public void resumeWriting() {
    trace.add("resumeWriting");
  }

  /**
   * Records data.
   *
   * @param chunk the data; its position does not change
   */
  protected final void addData(ByteBuffer chunk) {
    byte[] copy = new byte[chunk.remaining()];
    chunk.get(chunk.position(), copy);
    synchronized (lock) {
      data.writeBytes(copy);
    }
    trace.add(DATA);
  }

  /** {@return the calls so far, and what else is recorded along with them} */
  public final Trace trace() {
    return trace;
  }

  /** {@return counted down when the connection is made} */
  public final CountDownLatch made() {
    return made;
  }

  /** {@return counted down when the connection is lost} */
  public final CountDownLatch lost() {
    return lost;
  }

  /** {@return the connection, which has been made} */
  public final Transport transport() {
    Transport connection = transport;
    if (connection == null) {
      throw new RuleViolation("connectionMade must have been called by now, but that is not so");
    }
    return connection;
  }

  /** {@return all data so far, as ASCII characters} */
  public final String received() {
    return new String(receivedBytes(), StandardCharsets.US_ASCII);
  }

  /** {@return all data so far} */
  public final byte[] receivedBytes() {
    synchronized (lock) {
      return data.toByteArray();
    }
  }

  /** {@return how many bytes were received so far} */
  public final int receivedCount() {
    synchronized (lock) {
      return data.size();
    }
  }

  /** {@return the exception that the connection was lost with, if any} */
  public final Optional<Throwable> reason() {
    return Optional.ofNullable(reason);
  }

  /**
   * Expects exactly these calls. Several calls with data in a row count as one, because the split
   * into chunks has no meaning.
   *
   * @param expected the names of the methods; {@code dataReceived} also for a lent buffer
   */
  public final void expectCalls(String... expected) {
    List<String> calls = new ArrayList<>();
    for (String call : trace.events()) {
      if (!call.equals(DATA) || calls.isEmpty() || !calls.getLast().equals(DATA)) {
        calls.add(call);
      }
    }
    Expect.equal("what the protocol hears", List.of(expected), calls);
  }
}
