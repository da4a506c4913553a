package org.asyncio4j.spi.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations that other threads end, on their way to the loop's thread. */
@Timeout(60)
class CompletionQueueTest {

  private final CompletionQueue queue = new CompletionQueue();
  private final List<Object> reported = new ArrayList<>();

  @Test
  void operationsAreReportedInTheOrderInWhichTheyEnd() {
    PendingOperation<String> first = begin();
    PendingOperation<String> second = begin();
    second.completed("second", null);
    first.completed("first", null);

    queue.poll(0);

    assertThat(reported).containsExactly("second", "first");
  }

  @Test
  void nothingIsReportedOutsideThePoll() {
    PendingOperation<String> pending = begin();
    pending.completed("done", null);
    assertThat(reported).isEmpty();
  }

  @Test
  void operationIsReportedOnce() {
    begin().completed("done", null);
    queue.poll(0);
    queue.poll(0);
    assertThat(reported).containsExactly("done");
  }

  @Test
  void secondEndIsRefused() {
    PendingOperation<String> pending = begin();
    pending.completed("done", null);

    assertThatIllegalStateException()
        .isThrownBy(() -> pending.completed("again", null))
        .withMessage("cannot end an operation: it is over already; end each one once");
    assertThatIllegalStateException()
        .isThrownBy(() -> pending.failed(new IOException("late"), null));

    queue.poll(0);
    assertThat(reported).containsExactly("done");
  }

  @Test
  void exceptionsOfTheSystemArePassedOn() {
    IOException reset = new IOException("reset");
    begin().failed(reset, null);
    queue.poll(0);
    assertThat(reported).containsExactly(reset);
  }

  @Test
  void otherFailuresBecomeCauses() {
    AssertionError broken = new AssertionError("broken");
    begin()
        .perform(() -> {
          throw broken;
        });
    queue.poll(0);
    assertThat(reported)
        .singleElement()
        .isInstanceOfSatisfying(IOException.class, it -> assertThat(it).hasCause(broken));
  }

  @Test
  void resultMayBeNull() {
    begin().perform(() -> null);
    queue.poll(0);
    assertThat(reported).containsExactly((Object) null);
  }

  @Test
  void anEndOnAnotherThreadEndsTheWait() throws InterruptedException {
    PendingOperation<String> pending = begin();
    Thread blocked = Thread.ofPlatform().start(() -> pending.perform(() -> "from a thread"));

    queue.poll(Long.MAX_VALUE);

    assertThat(reported).containsExactly("from a thread");
    blocked.join();
  }

  @Test
  void aWakeUpEndsTheNextWaitOnce() throws InterruptedException {
    queue.wakeUp();
    queue.wakeUp();
    queue.poll(Long.MAX_VALUE);

    PendingOperation<String> pending = begin();
    Thread blocked = Thread.ofPlatform().start(() -> pending.perform(() -> "later"));
    queue.poll(Long.MAX_VALUE);

    assertThat(reported).containsExactly("later");
    blocked.join();
  }

  @Test
  void interruptedPollReturnsInterrupted() {
    Thread.currentThread().interrupt();
    queue.poll(Long.MAX_VALUE);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatAReportBeginsIsReportedAsSoonAsItEnds() {
    PendingOperation<String> first =
        queue.begin(result -> begin().completed(result + " second", null), reported::add);
    first.completed("first", null);

    queue.poll(0);

    assertThat(reported).containsExactly("first second");
  }

  @Test
  void aReportThatThrowsLosesNoOther() {
    Consumer<String> broken =
        result -> {
          throw new IllegalStateException(result);
        };
    PendingOperation<String> first = queue.begin(broken, reported::add);
    PendingOperation<String> second = begin();
    first.completed("broken", null);
    second.completed("second", null);

    assertThatIllegalStateException().isThrownBy(() -> queue.poll(0)).withMessage("broken");
    queue.poll(0);

    assertThat(reported).containsExactly("second");
  }

  @Test
  void aThreadThatPerformsAnOperationDoesNotHoldWhatItReportsTo() {
    CompletionQueue[] forgotten = {new CompletionQueue()};
    List<Object> target = new ArrayList<>();
    WeakReference<Object> held = new WeakReference<>(target);
    PendingOperation<String> pending = forgotten[0].begin(target::add, target::add);
    forgotten[0] = null;
    target = null;

    while (held.get() != null) {
      System.gc();
      Thread.onSpinWait();
    }

    pending.completed("to nobody", null);
  }

  private PendingOperation<String> begin() {
    return queue.begin(reported::add, reported::add);
  }
}
