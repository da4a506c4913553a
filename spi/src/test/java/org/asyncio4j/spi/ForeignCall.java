package org.asyncio4j.spi;

import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.ThrowingRunnable;

/** The exception of a call on a thread that is not the loop's. */
public final class ForeignCall {

  private ForeignCall() {}

  /** Makes the call, and returns its exception, or {@code null}. */
  public static Throwable thrownBy(ThrowingRunnable<? extends Exception> call)
      throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread foreign =
        Thread.ofPlatform()
            .start(() -> {
              try {
                call.run();
              } catch (Throwable failure) {
                thrown.set(failure);
              }
            });
    foreign.join();
    return thrown.get();
  }
}
