package org.asyncio4j.tck.probe;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Calls methods from foreign threads while the loop of a rule runs in the background: from the
 * thread of the rule, and from one that a task of the loop has started.
 */
public final class ForeignCalls {

  private final BackgroundLoop running;

  /**
   * Makes no call yet.
   *
   * @param running the loop
   */
  public ForeignCalls(BackgroundLoop running) {
    this.running = running;
  }

  /**
   * Expects each call to be refused, each time.
   *
   * @param calls the calls by their names
   */
  public void expectRefused(Map<String, ThrowingRunnable<Exception>> calls) {
    for (int round = 0; round < 2; round++) {
      calls.forEach(ForeignCalls::expectRefused);
    }
    calls.forEach(
        (name, call) -> elsewhere(() -> expectRefused(name + " in a child thread", call)));
  }

  /**
   * Expects each call to succeed.
   *
   * @param calls the calls by their names
   */
  public void expectAllowed(Map<String, ThrowingRunnable<Exception>> calls) {
    calls.forEach((name, call) -> {
      expectAllowed(name, call);
      elsewhere(() -> expectAllowed(name + " in a child thread", call));
    });
  }

  private static void expectRefused(String name, ThrowingRunnable<Exception> call) {
    WrongThreadException refusal =
        Expect.thrown(WrongThreadException.class, name + " from a foreign thread", call);
    Expect.mentions("the refusal of " + name, refusal.getMessage(), "callSoonThreadsafe");
  }

  private static void expectAllowed(String name, ThrowingRunnable<Exception> call) {
    try {
      call.run();
    } catch (Exception refused) {
      throw new RuleViolation(
          "%s from a foreign thread must return but threw %s".formatted(name, refused), refused);
    }
  }

  private void elsewhere(Runnable action) {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread child =
        running.run(() ->
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    action.run();
                  } catch (Throwable failure) {
                    thrown.set(failure);
                  }
                }));
    try {
      child.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RuleViolation("a call must return, but the wait was interrupted", interrupted);
    }
    switch (thrown.get()) {
      case null -> {}
      case RuleViolation violation -> throw violation;
      case Throwable other ->
          throw new RuleViolation("a call must be refused or return but threw " + other, other);
    }
  }
}
