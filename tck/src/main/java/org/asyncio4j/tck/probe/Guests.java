package org.asyncio4j.tck.probe;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The protocols of a server, with a count of those that have a connection. May be queried from any
 * thread.
 */
public final class Guests {

  private final Queue<ProbeProtocol> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger served = new AtomicInteger();
  private volatile boolean refusing;
  private volatile int present; // written on the loop's thread
  private volatile int most;

  /** Creates the protocols of a server without connections. */
  public Guests() {}

  /**
   * Makes a protocol, which throws when it receives {@code throw}.
   *
   * @return the protocol
   * @throws IllegalStateException after {@link #refuseNext}
   */
  public ProbeProtocol add() {
    if (refusing) {
      refusing = false;
      throw new IllegalStateException("on purpose");
    }
    return new ProbeProtocol() {
      @Override
      public void connectionMade(Transport connection) {
        super.connectionMade(connection);
        enter(this);
      }

      @Override
      public void dataReceived(ByteBuffer data) {
        super.dataReceived(data);
        if (received().equals("throw")) {
          throw new IllegalStateException("on purpose");
        }
      }

      @Override
      public void connectionLost(@Nullable Throwable exception) {
        leave();
        super.connectionLost(exception);
      }
    };
  }

  private void enter(ProbeProtocol protocol) {
    int now = present + 1;
    present = now;
    most = Math.max(most, now);
    waiting.add(protocol);
    int ignored = served.incrementAndGet();
  }

  private void leave() {
    int now = present - 1;
    present = now;
  }

  /** {@return the protocol that has been connected for the longest time} */
  public ProbeProtocol next() {
    return waiting.remove();
  }

  /** {@return how many connections were made so far} */
  public int served() {
    return served.get();
  }

  /** {@return the highest number of connections at any time} */
  public int most() {
    return most;
  }

  /** Makes the next call of {@link #add} throw. */
  public void refuseNext() {
    refusing = true;
  }

  /**
   * Waits for connections.
   *
   * @param count how many must have been made so far
   * @param patience how long to wait
   */
  public void untilServed(int count, Patience patience) {
    patience.until("%d clients must be served".formatted(count), () -> served() >= count);
  }
}
