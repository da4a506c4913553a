package org.asyncio4j.tck.probe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a protocol received, in order. Written on the loop's thread, read by any thread.
 * The names are those of the protocol's methods; several calls of {@code dataReceived} in a row
 * count as one, because the split into chunks has no meaning.
 */
public final class RecordedCalls {

  private final Object lock = new Object();
  private final List<String> events = new ArrayList<>(); // guarded by lock
  private final ByteArrayOutputStream data = new ByteArrayOutputStream(); // guarded by lock
  private int chunks; // guarded by lock
  private @Nullable Throwable reason; // guarded by lock

  /** Creates an empty record. */
  public RecordedCalls() {}

  /**
   * Records a call.
   *
   * @param event the name of the method
   */
  public void add(String event) {
    synchronized (lock) {
      events.add(event);
    }
  }

  /**
   * Records data.
   *
   * @param chunk the data; its position does not change
   */
  public void addData(ByteBuffer chunk) {
    byte[] copy = new byte[chunk.remaining()];
    chunk.get(chunk.position(), copy);
    synchronized (lock) {
      chunks++;
      data.writeBytes(copy);
      if (events.isEmpty() || !events.getLast().equals("dataReceived")) {
        events.add("dataReceived");
      }
    }
  }

  /**
   * Records the end.
   *
   * @param exception the argument of {@code connectionLost}
   */
  public void addLost(@Nullable Throwable exception) {
    synchronized (lock) {
      reason = exception;
      events.add("connectionLost");
    }
  }

  /** {@return the calls so far} */
  public List<String> events() {
    synchronized (lock) {
      return List.copyOf(events);
    }
  }

  /**
   * Counts calls.
   *
   * @param event the name of the method
   * @return how often it was called
   */
  public int count(String event) {
    return Collections.frequency(events(), event);
  }

  /** {@return how often data arrived} */
  public int chunks() {
    synchronized (lock) {
      return chunks;
    }
  }

  /** {@return all data so far} */
  public byte[] bytes() {
    synchronized (lock) {
      return data.toByteArray();
    }
  }

  /** {@return all data so far, as ASCII characters} */
  public String text() {
    return new String(bytes(), StandardCharsets.US_ASCII);
  }

  /** {@return how many bytes were received so far} */
  public int size() {
    synchronized (lock) {
      return data.size();
    }
  }

  /** {@return whether {@code connectionLost} was called} */
  public boolean isLost() {
    return count("connectionLost") > 0;
  }

  /** {@return the argument of the last call of {@code connectionLost}} */
  public @Nullable Throwable reason() {
    synchronized (lock) {
      return reason;
    }
  }

  /**
   * Expects exactly these calls.
   *
   * @param expected the names of the methods
   */
  public void expect(String... expected) {
    Expect.equal("the calls of the protocol", List.of(expected), events());
  }
}
