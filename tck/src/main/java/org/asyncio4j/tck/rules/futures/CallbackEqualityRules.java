package org.asyncio4j.tck.rules.futures;

import java.util.function.Consumer;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 4, part four: the equality of callbacks, which is user code. */
final class CallbackEqualityRules {

  private final LoopFixture fixture;

  CallbackEqualityRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Removes callbacks whose {@code equals} completes the future, cancels it, adds a callback,
   * removes one, or throws; each of them once in each of two removals. Each case is tried with an
   * {@code equals} that returns false and with one that returns true.
   */
  @Rule("4.30")
  @Hint(
      "Compare a copy of the callbacks first, then remove those that are still there. An exception"
          + " of `equals` must change nothing.")
  void equalsOfACallbackMayUseTheFuture() {
    Attempt unequal = new Attempt(false);
    unequal.expectOfThree("completes it", Uses::complete, 0, "first", "second", "third");
    unequal.expectOfThree("cancels it", Uses::cancel, 0, "first", "second", "third");
    unequal.expectOfThree("throws", Uses::fail, 0, "first", "second", "third");
    unequal.expectOfThree("adds a callback", Uses::addAnother, 0, "first", "second", "third");
    unequal.expectOfThree("removes one", Uses::removeThird, 0, "first", "second");

    Attempt equal = new Attempt(true);
    equal.expectOfThree("completes it", Uses::complete, 0, "first", "second", "third");
    equal.expectOfThree("cancels it", Uses::cancel, 0, "first", "second", "third");
    equal.expectOfThree("adds a callback", Uses::addAnother, 1, "first", "third");
    equal.expectOfThree("removes one", Uses::removeThird, 1, "first");
    equal.expectOfOne("of the only callback adds one", Uses::addAnother, 1);
  }

  /** Removes callbacks whose {@code equals} returns the same value. */
  private final class Attempt {

    private final boolean answer;

    Attempt(boolean answer) {
      this.answer = answer;
    }

    void expectOfThree(String what, Consumer<Uses> use, int removed, String... called) {
      Uses uses = new Uses();
      uses.addAround(comparing(uses, use));
      expect(what, uses, use, removed, called);
    }

    void expectOfOne(String what, Consumer<Uses> use, int removed, String... called) {
      Uses uses = new Uses();
      uses.future.addDoneCallback(comparing(uses, use));
      expect(what, uses, use, removed, called);
    }

    private void expect(String what, Uses uses, Consumer<Uses> use, int removed, String... called) {
      String does = "if equals %s and returns %s".formatted(what, answer);
      int found = 0;
      for (int round = 0; round < 2; round++) {
        found += uses.remove(comparing(uses, use));
      }
      uses.end();

      Expect.equal("the removed callbacks " + does, removed, found);
      uses.called.expect("the callbacks that run " + does, called);
      Expect.equal(
          "the added callbacks that run " + does, uses.added.events(), uses.calledOfAdded.events());
    }

    private Comparing comparing(Uses uses, Consumer<Uses> use) {
      return new Comparing(answer, uses.called, () -> use.accept(uses));
    }
  }

  /** A future, and the operation on it while its callbacks are compared. */
  private final class Uses {

    private final Promise<String> future = fixture.loop().createFuture();
    private final Trace called = new Trace();
    private final Trace added = new Trace();
    private final Trace calledOfAdded = new Trace();
    private final Consumer<Future<String>> third = this::thirdIsCalled;

    void addAround(Consumer<Future<String>> second) {
      future.addDoneCallback(_ -> called.add("first"));
      future.addDoneCallback(second);
      future.addDoneCallback(third);
    }

    private void thirdIsCalled(Future<String> done) {
      called.add("third");
    }

    int remove(Consumer<Future<String>> stranger) {
      try {
        return future.removeDoneCallback(stranger);
      } catch (IllegalArgumentException onPurpose) {
        return 0;
      }
    }

    void complete() {
      future.setResult("value");
    }

    void cancel() {
      boolean ignored = future.cancel();
    }

    void fail() {
      throw new IllegalArgumentException("on purpose");
    }

    void addAnother() {
      added.add("callback");
      future.addDoneCallback(_ -> calledOfAdded.add("callback"));
    }

    void removeThird() {
      int ignored = future.removeDoneCallback(third);
    }

    void end() {
      if (!future.isDone()) {
        complete();
      }
      fixture.tick();
      fixture.tick();
    }
  }

  /** A callback that does something when it is first compared. */
  private static final class Comparing implements Consumer<Future<String>> {

    private final boolean answer;
    private final Trace called;
    private final Runnable comparison;
    private boolean compared;

    Comparing(boolean answer, Trace called, Runnable comparison) {
      this.answer = answer;
      this.called = called;
      this.comparison = comparison;
    }

    @Override
    public void accept(Future<String> done) {
      called.add("second");
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (!compared) {
        compared = true;
        comparison.run();
      }
      return this == other || (answer && other instanceof Comparing);
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }
}
