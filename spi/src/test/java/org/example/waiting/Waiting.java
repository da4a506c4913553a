package org.example.waiting;

import java.util.concurrent.Callable;
import org.asyncio4j.core.Future;

/** Bodies outside of our packages, whose frames are hidden in stacks. */
public final class Waiting {

  private Waiting() {}

  /** Waits in a method of its own, for a stack to show. */
  public static <T> T inner(Future<T> future) {
    return future.await();
  }

  /** Waits in a method that is called by another. */
  public static <T> T outer(Future<T> future) {
    return inner(future);
  }

  /** Calls something that looks at the stack. */
  public static <T> T asking(Callable<T> question) throws Exception {
    return question.call();
  }
}
