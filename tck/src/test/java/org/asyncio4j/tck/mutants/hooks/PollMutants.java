package org.asyncio4j.tck.mutants.hooks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 7: the thread that polls, and the end of a batch. */
public final class PollMutants extends Defects {

  public PollMutants() {
    defect("7.23", "has other threads poll, too, where it does not wait")
        .also("7.24")
        .loop(PollMutants::pollElsewhereToo);

    defect("7.23", "takes another thread for each run but the first")
        .loop(PollMutants::changeThreads);

    defect("7.24", "flushes twice").loop(loop -> flushAgain(loop, Turn.always(), false));

    defect("7.24", "flushes twice at the end of each run but the first")
        .loop(loop -> flushAgain(loop, Turn.fromSecond(), true));

    defect("7.25", "begins to send in the next poll").loop(PollMutants::submitInPoll);

    defect("7.25", "sends a tick later, but at first at once")
        .connections(it -> {
          Turn late = Turn.fromSecond();
          it.write.instead((correct, data) -> {
            Runnable write = correct.later(copied(data));
            (late.getAsBoolean() ? it.loop().aTickLate(write) : write).run();
          });
        });
  }

  private static void pollElsewhereToo(MutantLoop loop) {
    Flag elsewhere = new Flag();
    loop.poll.instead((correct, wait) -> {
      if (wait == 0 && !elsewhere.isSet()) {
        elsewhere.set();
        Thread.ofPlatform().start(() -> pollOnce(loop)).join();
        elsewhere.clear();
      } else {
        correct.call(wait);
      }
    });
  }

  private static void pollOnce(MutantLoop loop) {
    try {
      PollAccess.poll(loop);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void changeThreads(MutantLoop loop) {
    AtomicReference<Thread> polling = new AtomicReference<>();
    loop.poll.before(() -> polling.set(Thread.currentThread()));
    loop.runForever.after(() -> {
      PollAccess.endPollThread(loop);
      polling.get().join();
    });
  }

  private static void flushAgain(MutantLoop loop, Turn due, boolean onlyLast) {
    Flag again = new Flag();
    loop.flush.instead((correct, last) -> {
      correct.call(last);
      if (!again.isSet() && (last || !onlyLast) && due.getAsBoolean()) {
        again.set();
        PollAccess.flush(loop, last);
        again.clear();
      }
    });
  }

  private static void submitInPoll(MutantLoop loop) {
    Queue<Runnable> collected = new ArrayDeque<>();
    IoHandle submission = loop.ioHandle(() -> submit(collected));
    loop.connections((ConnectionSeams it) ->
        it.write.instead((correct, data) -> collected.add(correct.later(copied(data)))));
    loop.poll.instead((correct, wait) -> {
      if (collected.isEmpty()) {
        correct.call(wait);
      } else {
        submission.queue();
      }
    });
  }

  private static void submit(Queue<Runnable> collected) {
    for (Runnable next = collected.poll(); next != null; next = collected.poll()) {
      next.run();
    }
  }

  private static ByteBuffer copied(ByteBuffer data) {
    return ByteBuffer.allocate(data.remaining()).put(data).flip();
  }
}
