package org.asyncio4j.spi;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves a platform thread of asyncio4j behind. */
public final class NoThreadLeft implements AfterEachCallback {

  private static final long PATIENCE_MILLIS = 10_000;

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    if (context.getExecutionException().isPresent()) {
      return;
    }
    List<Thread> left =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("asyncio4j-"))
            .toList();
    for (Thread thread : left) {
      thread.join(PATIENCE_MILLIS);
      Assertions.assertThat(thread.isAlive()).as("%s is left behind", thread).isFalse();
    }
  }
}
