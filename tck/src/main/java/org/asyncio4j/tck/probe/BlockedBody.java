package org.asyncio4j.tck.probe;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A call that blocks, for bodies of tasks, and its state for the rule. */
public final class BlockedBody {

  private final CountDownLatch released = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private volatile boolean interrupted;

  /** Creates a call that was not made yet. */
  public BlockedBody() {}

  /** Blocks until it is released. */
  public void block() throws InterruptedException {
    thread = Thread.currentThread();
    released.await();
  }

  /** Blocks until it is released, and fails with its own exception if it is interrupted. */
  public void blockOrFail(RuntimeException failure) {
    try {
      block();
    } catch (InterruptedException interrupted) {
      throw failure;
    }
  }

  /** Blocks until it is released, despite interrupts. */
  public void blockThoughInterrupted() {
    boolean wasReleased = false;
    while (!wasReleased) {
      try {
        block();
        wasReleased = true;
      } catch (InterruptedException swallowed) {
        interrupted = true;
      }
    }
  }

  /** Waits until a body that keeps blocking was interrupted; on a thread outside the loop. */
  public void awaitInterrupted(Patience patience) {
    patience.until("a body that blocks must be interrupted", () -> interrupted);
    awaitBlocked(patience);
  }

  /** Waits until a body blocks; on a thread outside the loop. */
  public void awaitBlocked(Patience patience) {
    patience.until("a body must block in the call that it makes", this::isBlocked);
  }

  public void release() {
    released.countDown();
  }

  private boolean isBlocked() {
    Thread body = thread;
    return body != null && body.getState() == Thread.State.WAITING;
  }
}
