package org.asyncio4j.tck.rules.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingConsumer;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.Timeout;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BlockedBody;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.ManualClock;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 13, part four: limits and groups of blocks that block in calls of the JDK. */
final class BlockingLimitRules {

  private static final Duration TEN = Duration.ofMillis(10);

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  BlockingLimitRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Makes limits pass while their blocks block and turn the interrupt into an exception of their
   * own.
   */
  @Rule("13.18")
  @Hint("See 6.27. On the handoff engine the block is interrupted by another thread.")
  void aLimitEndsABlockThatBlocksWithAnyException() {
    IllegalStateException failure = new IllegalStateException("the connection is broken");
    fixture.runTask(() -> {
      for (int round = 0; round < 2; round++) {
        TimeoutException late =
            Expect.thrown(
                TimeoutException.class,
                "a limit that passes while its block blocks",
                () -> Asyncio.timeout(TEN, () -> new BlockedBody().blockOrFail(failure)));
        Expect.same("the cause of the TimeoutException", failure, late.getCause());
        expectNothingLeft();
      }
    });
  }

  /** Completes the call that a block blocks in, then lets its limit pass, in the same tick. */
  @Rule("13.19")
  @Hint("See 6.28.")
  void aBlockThatFailsByItselfIsNotLate() {
    requireCarrier();
    ManualClock clock = new ManualClock();
    EventLoop loop = fixture.loopWith(clock);
    for (int round = 0; round < 2; round++) {
      BlockedBody body = new BlockedBody();
      IllegalStateException failure = new IllegalStateException("of its own");
      loop.callLater(TEN, body::release);
      Task<Integer> task =
          loop.createTask(() -> {
            IllegalStateException thrown =
                Expect.thrown(
                    IllegalStateException.class,
                    "a block that fails by itself",
                    () -> Asyncio.timeout(TEN, () -> blockThenFail(body, failure)));
            Expect.same("what the block throws", failure, thrown);
            expectNothingLeft();
            Asyncio.sleep(Duration.ZERO);
            return thrown.getSuppressed().length;
          });
      fixture.tick();
      clock.advance(TEN);
      fixture.tickUntilDone("a task whose block fails by itself", task);

      Expect.equal("the suppressed TimeoutExceptions", 1, task.result());
    }
  }

  /** Makes groups end while their bodies block: one is cancelled, in the other a child fails. */
  @Rule("13.20")
  @Hint("See 6.27.")
  void anExceptionOfAnInterruptedGroupBodyIsNoFailure() {
    requireCarrier();
    IllegalStateException broken = new IllegalStateException("the connection is broken");
    fixture.runTask(() -> {
      String value =
          TaskGroup.call(group -> {
            group.createTask(group::cancel);
            new BlockedBody().blockOrFail(broken);
            return "value";
          });
      Expect.equal("the result of a group that is cancelled", null, value);
      expectNothingLeft();

      IllegalStateException failure = new IllegalStateException("of a child");
      IllegalStateException thrown =
          Expect.thrown(
              IllegalStateException.class,
              "a group with a child that fails",
              () ->
                  TaskGroup.run(group -> {
                    group.createTask(() -> fail(failure));
                    new BlockedBody().blockOrFail(broken);
                  }));
      Expect.same("what the group throws", failure, thrown);
      Expect.equal("the suppressed exceptions", 0, thrown.getSuppressed().length);
      expectNothingLeft();
      Asyncio.sleep(Duration.ZERO);
    });
  }

  /** Lets two nested limits pass at the same time. */
  @Rule("13.21")
  @Hint("Let a limit leave the exception alone if other code cancels the task, too.")
  void ofTwoLimitsThatExpireAtOnceTheOuterEndsABlockThatBlocks() {
    IllegalStateException failure = new IllegalStateException("the connection is broken");
    fixture.runTask(() -> {
      for (int round = 0; round < 2; round++) {
        long when = fixture.loop().time() + TEN.toNanos();
        TimeoutException late =
            Expect.thrown(
                TimeoutException.class,
                "two limits that pass",
                () -> Asyncio.timeoutAt(when, () -> inner(when, failure)));
        Expect.same("the cause of the TimeoutException", failure, late.getCause());
        expectNothingLeft();
        Asyncio.sleep(Duration.ZERO);
      }
    });

    trace.expect("what the inner limits throw", "IllegalStateException", "IllegalStateException");
  }

  /** Makes limits and groups end in a task that has refused a cancellation. */
  @Rule("13.22")
  @Hint(
      "`Task.dropUnseenCancellation` must drop the cancellation that `uncancel` keeps because of an"
          + " older request.")
  void aRetractedRequestIsNotRaisedBecauseOfAnOlderOne() {
    fixture.runTask(() -> {
      Task<?> own = Asyncio.currentTask().orElseThrow();
      Expect.that("a task can cancel itself", own.cancel());
      Expect.thrown(
          CancelledError.class, "a task that cancels itself", () -> Asyncio.sleep(Duration.ZERO));
      for (int round = 0; round < 2; round++) {
        TaskGroup.run(group -> {
          group.cancel();
        });
        Asyncio.sleep(Duration.ZERO);
        trace.add("a group");
        Expect.thrown(
            TimeoutException.class,
            "a limit that passes while its block blocks",
            () -> Asyncio.timeout(TEN, () -> new BlockedBody().block()));
        Expect.equal("the requests that are left", 1, own.cancelling());
        Asyncio.sleep(Duration.ZERO);
        trace.add("a limit");
      }
      int ignored = own.uncancel();
    });

    trace.expect("what has ended", "a group", "a limit", "a group", "a limit");
  }

  /** Reschedules limits, and leaves blocks in time, and then blocks. */
  @Rule("13.23")
  @Hint("On the handoff engine a limit that has ended must not interrupt the body.")
  void anEndedLimitDoesNotInterruptLaterBlockingCalls() {
    fixture.runTask(() -> {
      for (int round = 0; round < 2; round++) {
        Timeout.after(TEN)
            .call(limit -> {
              limit.reschedule(Duration.ofHours(1));
              Thread.sleep(TEN.multipliedBy(2));
              return true;
            });
        Asyncio.timeout(TEN, () -> trace.add("in time"));
        Thread.sleep(TEN.multipliedBy(2));
        expectNothingLeft();
        Asyncio.sleep(Duration.ZERO);
      }
    });

    trace.expect("what the blocks do", "in time", "in time");
  }

  /**
   * Makes limits interrupt blocks that swallow the interrupt, see the cancellation at an await, and
   * then fail.
   */
  @Rule("13.41")
  @Hint("See 6.60.")
  void anExceptionAfterTheCancellationWasSeenIsThrown() {
    fixture.runTask(() -> {
      for (int round = 0; round < 2; round++) {
        IllegalStateException failure = new IllegalStateException("could not clean up");
        IllegalStateException thrown =
            Expect.thrown(
                IllegalStateException.class,
                "a block that fails after its time",
                () -> Asyncio.timeout(TEN, () -> failWhenCancelled(failure)));
        Expect.same("what the block throws", failure, thrown);
        Expect.that(
            "the TimeoutException must be suppressed",
            thrown.getSuppressed().length == 1
                && thrown.getSuppressed()[0] instanceof TimeoutException);
        expectNothingLeft();
        Asyncio.sleep(Duration.ZERO);
      }
    });
  }

  /**
   * Makes the blocks of two limits swallow the interrupt of the inner one and keep blocking until
   * the outer one passes.
   */
  @Rule("13.42")
  @Hint("Let each limit interrupt a blocking call when it passes, see 6.33.")
  void aLaterLimitInterruptsABlockThatHasSwallowedTheFirst() {
    fixture.runTask(() -> {
      for (int round = 0; round < 2; round++) {
        TimeoutException late =
            Expect.thrown(
                TimeoutException.class,
                "two limits, one after the other",
                () ->
                    Timeout.after(Duration.ofHours(1))
                        .call(outer -> Asyncio.timeout(TEN, () -> swallow(outer))));
        Expect.that(
            "the outer limit must pass, in the inner block",
            late.getCause() instanceof InterruptedException);
        expectNothingLeft();
        Asyncio.sleep(Duration.ZERO);
      }
    });

    trace.expect("the requests when the block continues", "requests: 1", "requests: 1");
  }

  private static boolean failWhenCancelled(RuntimeException failure) {
    try {
      new BlockedBody().block();
    } catch (InterruptedException swallowed) {
      // The cancellation comes at the next await.
    }
    try {
      Asyncio.sleep(Duration.ZERO);
    } catch (CancelledError seen) {
      throw failure;
    }
    return true;
  }

  private boolean swallow(Timeout outer) throws InterruptedException {
    try {
      new BlockedBody().block();
    } catch (InterruptedException swallowed) {
      trace.add("requests: " + Asyncio.currentTask().orElseThrow().cancelling());
    }
    outer.reschedule(TEN);
    new BlockedBody().block();
    return true;
  }

  private String inner(long when, RuntimeException failure) throws Exception {
    try {
      return Asyncio.timeoutAt(
          when,
          () -> {
            new BlockedBody().blockOrFail(failure);
            return "continues";
          });
    } catch (Exception thrown) {
      trace.add(thrown.getClass().getSimpleName());
      throw thrown;
    }
  }

  /** Lets limits pass around a task that blocks: awaited, gathered, or in a group. */
  @Rule("13.24")
  @Hint(
      "See 6.27. On the handoff engine the task that blocks the loop must be interrupted for limits"
          + " of the tasks that wait for it.")
  void aLimitAroundTasksThatBlockEndsThem() {
    fixture.runTask(() -> {
      for (int round = 0; round < 2; round++) {
        expectEnded(children -> create(children).await());
        expectEnded(
            children -> Asyncio.gather(List.of(create(children), create(children))).await());
        expectEnded(children ->
            TaskGroup.run(group -> {
              children.add(group.createTask(new BlockedBody()::block));
              children.add(group.createTask(new BlockedBody()::block));
            }));
      }
    });
  }

  private Task<?> create(List<Task<?>> children) {
    Task<?> task =
        fixture
            .loop()
            .createTask(() -> {
              new BlockedBody().block();
              return "not interrupted";
            });
    children.add(task);
    return task;
  }

  private static void expectEnded(ThrowingConsumer<List<Task<?>>, Exception> block) {
    List<Task<?>> children = new ArrayList<>();
    TimeoutException _ =
        Expect.thrown(
            TimeoutException.class,
            "a limit around tasks that block",
            () -> Asyncio.timeout(TEN, () -> block.accept(children)));
    for (Task<?> child : children) {
      Expect.that(
          "a task that blocks in the block of a limit must be cancelled", child.isCancelled());
      Expect.equal("the requests of such a task", 1, child.cancelling());
    }
    expectNothingLeft();
  }

  private static void expectNothingLeft() {
    Expect.that("the interrupt flag must be clear", !Thread.currentThread().isInterrupted());
    Expect.equal("the requests that are left", 0, Asyncio.currentTask().orElseThrow().cancelling());
  }

  private static void blockThenFail(BlockedBody body, RuntimeException failure)
      throws InterruptedException {
    body.block();
    throw failure;
  }

  private static void fail(RuntimeException failure) {
    throw failure;
  }

  private void requireCarrier() {
    if (fixture.context().coroutines() != CoroutineMode.CARRIER) {
      throw fixture.notApplicable("a body that blocks holds the loop on the handoff engine");
    }
  }
}
