package org.asyncio4j.tck.run;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.tck.kit.TckSettings;

/**
 * Opens and runs a loop once before the rules run: to find out whether its engine works here, and
 * to make the JDK open everything that it opens only once.
 */
final class Trial {

  private final TckSettings settings;

  Trial(TckSettings settings) {
    this.settings = settings;
  }

  /** Returns why a loop cannot be opened in this way; other faults are left to the rules. */
  Optional<String> obstacle(Subject subject) {
    AtomicReference<Optional<String>> found = new AtomicReference<>(Optional.empty());
    Thread thread =
        Thread.ofPlatform().daemon().name("tck-trial").start(() -> found.set(attempt(subject)));
    try {
      thread.join(settings.ruleLimit());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return found.get();
  }

  private static Optional<String> attempt(Subject subject) {
    EventLoop loop;
    try {
      loop = subject.provider().open(subject.context());
    } catch (IllegalStateException unavailable) {
      return Optional.of(
          "%s cannot be opened here: %s".formatted(subject.label(), unavailable.getMessage()));
    }
    try (loop) {
      boolean ignored = loop.runUntilComplete(loop.createTask(() -> true));
    } catch (RuntimeException | Error fault) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
