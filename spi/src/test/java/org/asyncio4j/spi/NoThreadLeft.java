package org.asyncio4j.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Fails a test that leaves a platform thread of asyncio4j behind. */
public final class NoThreadLeft implements BeforeEachCallback, AfterEachCallback {

  private static final Namespace NAMESPACE = Namespace.create(NoThreadLeft.class);
  private static final long PATIENCE_MILLIS = 10_000;

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(NAMESPACE).put("before", threadsOfLoops());
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    if (context.getExecutionException().isPresent()) {
      return;
    }
    Set<?> before = context.getStore(NAMESPACE).get("before", Set.class);
    for (Thread thread : threadsOfLoops()) {
      if (!before.contains(thread)) {
        thread.join(PATIENCE_MILLIS);
        assertThat(thread.isAlive()).as("%s is left behind", thread).isFalse();
      }
    }
  }

  private static Set<Thread> threadsOfLoops() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("asyncio4j-"))
        .collect(Collectors.toSet());
  }
}
