package org.asyncio4j.spi.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;

/**
 * Puts a transport through every order of a few actions of its application, its peer and its
 * system, in the same tick and in later ones, and checks the invariants.
 */
public final class StreamOrders {

  private enum Action {
    WRITE,
    WRITE_EOF,
    CLOSE,
    ABORT,
    PAUSE,
    RESUME,
    ARRIVE,
    END,
    RESET_READ,
    TAKE_ALL,
    TAKE_SOME,
    REFUSE
  }

  /** Enough for a callback of the system, one of the transport, and one that follows. */
  private static final int TICKS_TO_SETTLE = 6;

  private final EventLoop loop;
  private final Supplier<Wire> wires;
  private final int length;
  private final boolean buffered;
  private final long orders;

  private long order;
  private Throwable failure;

  /**
   * Prepares all orders of some length.
   *
   * @param loop the loop; its exception handler must take nothing
   * @param wires makes connections
   * @param length how many actions
   * @param buffered whether the protocol lends its buffers
   */
  public StreamOrders(EventLoop loop, Supplier<Wire> wires, int length, boolean buffered) {
    this.loop = loop;
    this.wires = wires;
    this.length = length;
    this.buffered = buffered;
    // Each action, followed by a tick or not.
    this.orders = Math.powExact(2L * Action.values().length, length);
  }

  /** Runs them all, in one run of the loop. */
  public void runAll() {
    loop.callSoon(this::next);
    loop.runForever();
    if (failure != null) {
      throw new AssertionError("in the order " + describe(order), failure);
    }
  }

  private void next() {
    if (order == orders || failure != null) {
      loop.stop();
      return;
    }
    guarded(() -> new Run(order).start());
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | AssertionError thrown) {
      failure = thrown;
      loop.stop();
    }
  }

  private static Action action(int step) {
    return Action.values()[step / 2];
  }

  private int[] steps(long number) {
    int[] steps = new int[length];
    long rest = number;
    int base = 2 * Action.values().length;
    for (int i = length - 1; i >= 0; i--) {
      steps[i] = (int) (rest % base);
      rest /= base;
    }
    return steps;
  }

  private List<String> describe(long number) {
    return Arrays.stream(steps(number))
        .mapToObj(step -> action(step) + (step % 2 == 1 ? ", tick" : ""))
        .toList();
  }

  /** Accepts all data. */
  private static final class Ignoring implements Protocol {

    @Override
    public void dataReceived(ByteBuffer data) {}
  }

  /** One order. */
  private final class Run {

    private final Wire wire = wires.get();
    private final int[] steps;
    private final List<String> events = new ArrayList<>();
    private final StringBuilder received = new StringBuilder();
    private final StringBuilder arrived = new StringBuilder();
    private final StringBuilder written = new StringBuilder();
    private Transport transport;
    private Wire neighbour;
    private int at;
    private char nextByte = 'a';
    private boolean paused;
    private boolean ended; // our half
    private boolean cut; // by an abort or a failure: bytes may be lost

    Run(long number) {
      this.steps = steps(number);
    }

    void start() {
      transport = wire.open(buffered ? new Lending() : new Receiving());
      transport.setWriteBufferLimits(new WriteBufferLimits(0, 1));
      later(this::proceed);
    }

    private void later(Runnable step) {
      loop.callSoon(() -> guarded(step));
    }

    private void proceed() {
      boolean tick = false;
      while (at < steps.length && !tick) {
        int step = steps[at++];
        if (!act(action(step))) {
          skip();
          return;
        }
        tick = step % 2 == 1;
      }
      later(at < steps.length ? this::proceed : this::openNeighbour);
    }

    /** The system cannot do that now: no order that begins so is worth to be tried. */
    private void skip() {
      long same = Math.powExact(2L * Action.values().length, length - at);
      order += same - order % same - 1;
      at = steps.length;
      openNeighbour();
    }

    private boolean act(Action action) {
      return switch (action) {
        case WRITE -> write();
        case WRITE_EOF -> {
          transport.writeEof();
          ended = true;
          yield true;
        }
        case CLOSE -> {
          transport.close();
          yield true;
        }
        case ABORT -> {
          transport.abort();
          cut = true;
          yield true;
        }
        case PAUSE -> {
          transport.pauseReading();
          paused = true;
          yield true;
        }
        case RESUME -> {
          paused = false;
          transport.resumeReading();
          yield true;
        }
        case ARRIVE -> {
          String data = String.valueOf(nextByte++).repeat(3);
          boolean possible = wire.arrive(data.getBytes(US_ASCII));
          if (possible) {
            arrived.append(data);
          }
          yield possible;
        }
        case END -> wire.end();
        case RESET_READ -> {
          cut = true;
          yield wire.resetRead();
        }
        case TAKE_ALL -> wire.take(Integer.MAX_VALUE);
        case TAKE_SOME -> wire.take(2);
        case REFUSE -> {
          cut = true;
          yield wire.refuse();
        }
      };
    }

    private boolean write() {
      if (ended) {
        return false; // is refused
      }
      String data = String.valueOf(nextByte++).repeat(4);
      boolean open = !transport.isClosing();
      long before = transport.writeBufferSize();
      transport.write(data.getBytes(US_ASCII));
      // As in asyncio, a transport that closes still takes bytes while it has some to write.
      if (open || transport.writeBufferSize() > before) {
        written.append(data);
      }
      return true;
    }

    /** Reuses memory that this connection should still hold, if it does not. */
    private void openNeighbour() {
      neighbour = wires.get();
      Transport other = neighbour.open(new Ignoring());
      other.write(new byte[4]);
      later(() -> {
        settle(TICKS_TO_SETTLE);
        other.abort();
      });
    }

    private void settle(int ticks) {
      neighbour.settle();
      wire.settle();
      if (ticks > 0) {
        later(() -> settle(ticks - 1));
        return;
      }
      if (!transport.isClosing() && !cut && !paused) {
        assertThat(received.toString()).as("all that has arrived").isEqualTo(arrived.toString());
      }
      if (!cut) {
        assertThat(wire.taken()).as("all that was written").isEqualTo(written.toString());
        assertThat(wire.shutdowns()).as("ends of the output").isLessThanOrEqualTo(ended ? 1 : 0);
      }
      transport.abort();
      later(() -> finish(TICKS_TO_SETTLE));
    }

    private void finish(int ticks) {
      neighbour.settle();
      wire.settle();
      if (ticks > 0) {
        later(() -> finish(ticks - 1));
        return;
      }
      verify();
      order++;
      next();
    }

    private void verify() {
      assertThat(events).startsWith("made").endsWith("lost");
      assertThat(events).containsOnlyOnce("made").containsOnlyOnce("lost");
      List<String> pacing =
          events.stream().filter(event -> event.equals("pause") || event.equals("resume")).toList();
      for (int i = 0; i < pacing.size(); i++) {
        assertThat(pacing.get(i)).as("pacing").isEqualTo(i % 2 == 0 ? "pause" : "resume");
      }
      int eof = events.indexOf("eof");
      assertThat(events.lastIndexOf("eof")).isEqualTo(eof);
      if (eof >= 0) {
        assertThat(events.lastIndexOf("data")).isLessThan(eof);
      }
      assertThat(arrived.toString()).as("what is received").startsWith(received.toString());
      assertThat(written.toString()).as("what is taken").startsWith(wire.taken());
      assertThat(wire.closes()).as("the socket is closed once").isEqualTo(1);
      assertThat(neighbour.closes()).as("the neighbour is closed once").isEqualTo(1);
      wire.verify();
    }

    private void hear(String event) {
      if (event.equals("data") || event.equals("eof")) {
        assertThat(paused).as("paused when there is " + event).isFalse();
        assertThat(transport.isClosing()).as("closing when there is " + event).isFalse();
      }
      events.add(event);
    }

    private final class Receiving implements Protocol {

      @Override
      public void connectionMade(Transport made) {
        hear("made");
      }

      @Override
      public boolean eofReceived() {
        hear("eof");
        return true;
      }

      @Override
      public void pauseWriting() {
        hear("pause");
      }

      @Override
      public void resumeWriting() {
        hear("resume");
      }

      @Override
      public void connectionLost(Throwable reason) {
        hear("lost");
      }

      @Override
      public void dataReceived(ByteBuffer data) {
        hear("data");
        received.append(US_ASCII.decode(data));
      }
    }

    private final class Lending implements BufferedProtocol {

      private final ByteBuffer buffer = ByteBuffer.allocate(2);

      @Override
      public void connectionMade(Transport made) {
        hear("made");
      }

      @Override
      public boolean eofReceived() {
        hear("eof");
        return true;
      }

      @Override
      public void pauseWriting() {
        hear("pause");
      }

      @Override
      public void resumeWriting() {
        hear("resume");
      }

      @Override
      public void connectionLost(Throwable reason) {
        hear("lost");
      }

      @Override
      public ByteBuffer getBuffer(int sizeHint) {
        return buffer;
      }

      @Override
      public void bufferUpdated(int count) {
        hear("data");
        received.append(US_ASCII.decode(buffer.slice(0, count)));
      }
    }
  }
}
