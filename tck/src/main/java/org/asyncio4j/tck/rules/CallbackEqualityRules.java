package org.asyncio4j.tck.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 4, part four: the equality of callbacks, which is the code of users. */
final class CallbackEqualityRules {

  private final LoopFixture fixture;

  CallbackEqualityRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Removes callbacks whose {@code equals} completes the future, cancels it, adds a callback,
   * removes one, or throws; each of them once in each of two removals.
   *
   * <p>If it fails: compare a copy of the callbacks first, then take those off that are still
   * there. What {@code equals} throws changes nothing.
   */
  @Rule("4.30")
  void equalsOfACallbackMayUseTheFuture() {
    expect("completes it", future -> future.setResult("value"), "first", "second", "third");
    expect("cancels it", Promise::cancel, "first", "second", "third");
    expect(
        "throws",
        _ -> {
          throw new IllegalArgumentException("on purpose");
        },
        "first",
        "second",
        "third");
    Trace added = new Trace();
    Trace called = new Trace();
    expect(
        "adds a callback",
        future -> {
          added.add("callback");
          future.addDoneCallback(_ -> called.add("callback"));
        },
        "first",
        "second",
        "third");
    Expect.equal("the callbacks that equals has added", added.events(), called.events());
    List<Consumer<Future<String>>> last = new ArrayList<>();
    expect(
        "removes one",
        future -> future.removeDoneCallback(last.getLast()),
        last,
        "first",
        "second");
  }

  private void expect(String what, Consumer<Promise<String>> comparison, String... expected) {
    expect(what, comparison, new ArrayList<>(), expected);
  }

  private void expect(
      String what,
      Consumer<Promise<String>> comparison,
      List<Consumer<Future<String>>> last,
      String... expected) {
    Promise<String> future = fixture.loop().createFuture();
    Trace trace = new Trace();
    Consumer<Future<String>> third = _ -> trace.add("third");
    last.add(third);
    future.addDoneCallback(_ -> trace.add("first"));
    future.addDoneCallback(new Comparing(trace, () -> comparison.accept(future)));
    future.addDoneCallback(third);

    for (int round = 0; round < 2; round++) {
      remove(future, new Comparing(trace, () -> comparison.accept(future)));
    }
    if (!future.isDone()) {
      future.setResult("value");
    }
    fixture.tick();
    fixture.tick();

    trace.expect("the callbacks that run if equals " + what, expected);
  }

  private static void remove(Promise<String> future, Consumer<Future<String>> stranger) {
    int removed;
    try {
      removed = future.removeDoneCallback(stranger);
    } catch (IllegalArgumentException onPurpose) {
      removed = 0;
    }
    Expect.equal("the removed callbacks", 0, removed);
  }

  /** A callback that does something when it is first compared, and is equal to no other. */
  private static final class Comparing implements Consumer<Future<String>> {

    private final Trace trace;
    private final Runnable comparison;
    private boolean compared;

    Comparing(Trace trace, Runnable comparison) {
      this.trace = trace;
      this.comparison = comparison;
    }

    @Override
    public void accept(Future<String> done) {
      trace.add("second");
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (!compared) {
        compared = true;
        comparison.run();
      }
      return this == other;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }
}
