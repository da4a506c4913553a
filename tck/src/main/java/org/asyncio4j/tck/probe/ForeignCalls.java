package org.asyncio4j.tck.probe;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Calls methods from foreign threads while the rule's loop runs in the background: from the thread
 * of the rule, from a thread that a task of the loop has started, and from a task and a callback of
 * another loop, whose thread runs a loop, too.
 */
public final class ForeignCalls {

  private final LoopFixture fixture;
  private final BackgroundLoop running;
  private @Nullable BackgroundLoop other;

  /**
   * Creates a caller.
   *
   * @param fixture opens the other loop
   * @param running the loop
   */
  public ForeignCalls(LoopFixture fixture, BackgroundLoop running) {
    this.fixture = fixture;
    this.running = running;
  }

  /**
   * Expects each call to be refused, each time.
   *
   * @param calls the calls by their names
   */
  public void expectRefused(Map<String, ThrowingRunnable<Exception>> calls) {
    expectRefusedTwice(calls, "a foreign thread");
    inChild(() -> expectRefusedTwice(calls, "a child thread"));
    other().runTask(() -> expectRefusedTwice(calls, "a task of another loop"));
    other().perform(() -> expectRefusedTwice(calls, "a callback of another loop"));
  }

  /**
   * Expects each call to succeed.
   *
   * @param calls the calls by their names
   */
  public void expectAllowed(Map<String, ThrowingRunnable<Exception>> calls) {
    expectAllowed(calls, "a foreign thread");
    inChild(() -> expectAllowed(calls, "a child thread"));
    other().runTask(() -> expectAllowed(calls, "a task of another loop"));
    other().perform(() -> expectAllowed(calls, "a callback of another loop"));
  }

  private static void expectRefusedTwice(
      Map<String, ThrowingRunnable<Exception>> calls, String caller) {
    for (int round = 0; round < 2; round++) {
      calls.forEach((name, call) -> expectRefused(name + " from " + caller, call));
    }
  }

  private static void expectAllowed(Map<String, ThrowingRunnable<Exception>> calls, String caller) {
    calls.forEach((name, call) -> expectAllowed(name + " from " + caller, call));
  }

  private static void expectRefused(String name, ThrowingRunnable<Exception> call) {
    WrongThreadException refusal = Expect.thrown(WrongThreadException.class, name, call);
    Expect.mentions("the refusal of " + name, refusal.getMessage(), "callSoonThreadsafe");
  }

  private static void expectAllowed(String name, ThrowingRunnable<Exception> call) {
    try {
      call.run();
    } catch (Exception refused) {
      throw new RuleViolation("%s must return but threw %s".formatted(name, refused), refused);
    }
  }

  private BackgroundLoop other() {
    BackgroundLoop started = other;
    if (started == null) {
      started = fixture.start(fixture.openLoop());
      other = started;
    }
    return started;
  }

  private void inChild(Runnable action) {
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
