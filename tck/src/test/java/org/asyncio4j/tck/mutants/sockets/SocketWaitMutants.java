package org.asyncio4j.tck.mutants.sockets;

import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Seam;

/** Chapter 20: who waits for a socket. */
public final class SocketWaitMutants extends Defects {

  public SocketWaitMutants() {
    ahead();
    queues();
    closes();

    defect("20.16", "moves the position only when all is sent")
        .also("20.59")
        .sockets(SocketMemoryMutants::movePositionsAtTheEnd);
  }

  private void ahead() {
    defect("20.12", "reads ahead of the task that waits")
        .also("20.13")
        .loop(loop -> loop.sockets(it -> doAhead(loop, it.receive)));

    defect("20.20", "accepts ahead of the task that waits")
        .loop(loop -> loop.listeners(it -> doAhead(loop, it.accept)));
  }

  /** Has another task do the work, which goes on when the first is cancelled. */
  static <A, R> void doAhead(MutantLoop loop, Seam<A, R> method) {
    method.around((correct, argument) -> loop.ahead(() -> correct.quietly(argument)));
  }

  private void queues() {
    defect("20.13", "is busy until a cancelled task has noticed")
        .sockets(it -> {
          Flag busy = new Flag();
          it.receive.refuse(busy, () -> new IllegalStateException("another task is in receive"));
          it.receive.during(busy);
        });

    defect("20.14", "queues readers").loop(loop -> loop.sockets(it -> queue(loop, it.receive)));

    defect("20.15", "queues writers").loop(loop -> loop.sockets(it -> queue(loop, it.sendAll)));
  }

  /** Has the second task wait for the first. */
  private static <A, R> void queue(MutantLoop loop, Seam<A, R> method) {
    AsyncLock lock = new AsyncLock();
    method.around((correct, argument) -> {
      if (loop.currentTask().isEmpty()) {
        return correct.call(argument);
      }
      try (var held = lock.hold()) {
        return correct.call(argument);
      }
    });
  }

  private void closes() {
    defect("20.17", "does not close while a task receives")
        .sockets(it -> closeBehind(it.close, it.receive));

    defect("20.18", "does not close while a task accepts")
        .listeners(it -> closeBehind(it.close, it.accept));

    defect("20.19", "takes closed for the end")
        .sockets(it -> {
          Flag closed = it.close.called();
          it.receive.around((correct, target) -> closed.isSet() ? -1 : correct.call(target));
        });
  }

  /** Does not close while a task waits. */
  private static <A, R> void closeBehind(Seam<Void, Void> close, Seam<A, R> waiting) {
    AtomicInteger tasks = new AtomicInteger();
    waiting.around((correct, argument) -> {
      tasks.incrementAndGet();
      try {
        return correct.call(argument);
      } finally {
        tasks.decrementAndGet();
      }
    });
    close.onlyIf(() -> tasks.get() == 0);
  }
}
