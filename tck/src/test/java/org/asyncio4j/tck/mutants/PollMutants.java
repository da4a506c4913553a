package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketTransportRequest;

/** Defects of chapter 7 that concern the thread that polls, and the end of a batch. */
final class PollMutants {

  private PollMutants() {}

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has other threads poll, too, where it does not wait. */
  @Defect(breaks = "7.23", also = "7.24")
  static final class PollsOnOtherThreadsAsWell extends NetworkMutant {

    PollsOnOtherThreadsAsWell(LoopContext context) {
      super(context);
    }

    private boolean elsewhere;

    @Override
    protected void poll(long waitNanos) throws IOException {
      if (waitNanos == 0 && !elsewhere) {
        elsewhere = true;
        join(Thread.ofPlatform().start(this::pollOnce));
        elsewhere = false;
      } else {
        super.poll(waitNanos);
      }
    }

    private void pollOnce() {
      try {
        PollAccess.poll(this);
      } catch (IOException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  /** Keeps its thread for the first run, and for no other. */
  @Defect(breaks = "7.23")
  static final class TakesAnotherThreadFromTheSecondRunOn extends NetworkMutant {

    TakesAnotherThreadFromTheSecondRunOn(LoopContext context) {
      super(context);
    }

    private volatile Thread polling;

    @Override
    public void runForever() {
      super.runForever();
      PollAccess.endPollThread(this);
      join(polling);
    }

    @Override
    protected void poll(long waitNanos) throws IOException {
      polling = Thread.currentThread();
      super.poll(waitNanos);
    }
  }

  /** Is told twice that a batch has ended. */
  @Defect(breaks = "7.24")
  static class FlushesTwice extends NetworkMutant {

    FlushesTwice(LoopContext context) {
      super(context);
    }

    private boolean again;

    @Override
    protected void flush(boolean last) throws IOException {
      if (!again && isDueAgain(last)) {
        again = true;
        PollAccess.flush(this, last);
        again = false;
      }
    }

    boolean isDueAgain(boolean last) {
      return true;
    }
  }

  /** Is told twice that a run has ended, from the second run on. */
  @Defect(breaks = "7.24")
  static final class FlushesTwiceAtTheEndOfLaterRuns extends FlushesTwice {

    FlushesTwiceAtTheEndOfLaterRuns(LoopContext context) {
      super(context);
    }

    private int runs;

    @Override
    boolean isDueAgain(boolean last) {
      return last && ++runs > 1;
    }
  }

  /** Collects what is written, and begins to send it in the next poll. */
  @Defect(breaks = "7.25")
  static final class SubmitsInPollOnly extends NetworkMutant {

    SubmitsInPollOnly(LoopContext context) {
      super(context);
    }

    private final Queue<Runnable> collected = new ArrayDeque<>();
    private IoHandle submission;

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      return new Tampering() {
        @Override
        public void write(ByteBuffer data) {
          byte[] bytes = new byte[data.remaining()];
          data.get(bytes);
          collected.add(() -> inner().write(ByteBuffer.wrap(bytes)));
        }
      }.open(this, request, super::makeSocketTransport);
    }

    @Override
    protected void poll(long waitNanos) throws IOException {
      if (collected.isEmpty()) {
        super.poll(waitNanos);
      } else {
        submission().queue();
      }
    }

    private IoHandle submission() {
      if (submission == null) {
        submission = newIoHandle(this::submit, Context.empty());
      }
      return submission;
    }

    private void submit() {
      for (Runnable next = collected.poll(); next != null; next = collected.poll()) {
        next.run();
      }
    }
  }

  /** Sends what is written a tick later, but at first at once. */
  @Defect(breaks = "7.25")
  static final class SendsATickLaterFromTheSecondTimeOn extends NetworkMutant {

    SendsATickLaterFromTheSecondTimeOn(LoopContext context) {
      super(context);
    }

    private int writes;

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      return new Tampering() {
        @Override
        public void write(ByteBuffer data) {
          if (++writes == 1) {
            inner().write(data);
            return;
          }
          byte[] bytes = new byte[data.remaining()];
          data.get(bytes);
          callSoon(() -> inner().write(ByteBuffer.wrap(bytes)));
        }
      }.open(this, request, super::makeSocketTransport);
    }
  }
}
