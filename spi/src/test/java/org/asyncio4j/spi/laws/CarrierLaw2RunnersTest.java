package org.asyncio4j.spi.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.LoopInside;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.spi.internal.cycle.ReadyEntry;
import org.junit.jupiter.api.Test;

/**
 * Law 1: consecutive callbacks share one switch. Law 2: one that parks continues in its own thread.
 */
@HangGuard
class CarrierLaw2RunnersTest {

  private final List<Thread> threads = new ArrayList<>();

  @Test
  void consecutiveCallbacksShareOneSwitchToTheRunner() {
    // An entry is asked where it runs by the carrier before each switch, else by the runner.
    List<Thread> askers = new ArrayList<>();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        for (int i = 0; i < 5; i++) {
          LoopInside.schedule(loop, new Probe(askers));
        }
        TestLoop.yieldUntil(() -> threads.size() == 5);
        return null;
      });
    }
    assertThat(askers.stream().filter(thread -> !thread.isVirtual())).hasSize(1);
    assertThat(threads).containsOnly(threads.getFirst());
  }

  @Test
  void callbacksOfLaterTicksHaveTheSameRunner() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        for (int i = 0; i < 5; i++) {
          loop.callSoon(this::note);
          Awaiter.yieldOnce();
        }
        return null;
      });
    }
    assertThat(threads).hasSize(5).containsOnly(threads.getFirst());
  }

  @Test
  void aCallbackThatParksContinuesInItsOwnThreadAndTheOthersGetAFreshRunner() {
    SynchronousQueue<String> queue = new SynchronousQueue<>();
    List<String> order = new ArrayList<>();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Promise<Void> end = loop.createFuture();
        // given a callback that parks between two others
        loop.callSoon(() -> mark("first", order));
        loop.callSoon(() -> {
          mark("parks", order);
          mark(take(queue), order);
          end.setResult(null);
        });
        loop.callSoon(() -> mark("third", order));
        Awaiter.yieldOnce();
        loop.callSoon(() -> mark("next tick", order));
        Awaiter.yieldOnce();

        // when it can continue
        queue.put("goes on");
        end.await();

        loop.callSoon(() -> mark("at last", order));
        Awaiter.yieldOnce();
        return null;
      });
    }
    assertThat(order).containsExactly("first", "parks", "third", "next tick", "goes on", "at last");
    assertThat(threads.get(1)).as("parks").isSameAs(threads.get(0));
    assertThat(threads.get(4)).as("goes on").isSameAs(threads.get(1));
    assertThat(threads.get(2)).as("third").isNotSameAs(threads.get(1));
    assertThat(threads.get(3)).as("next tick").isSameAs(threads.get(2));
    assertThat(threads.get(5)).as("at last").isSameAs(threads.get(2));
  }

  @Test
  void manyCallbacksMayBeParkedAtATime() {
    SynchronousQueue<String> queue = new SynchronousQueue<>();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        for (int i = 0; i < 100; i++) {
          loop.callSoon(() -> {
            take(queue);
            note();
          });
        }
        Awaiter.yieldOnce();
        assertThat(threads).isEmpty();
        for (int i = 0; i < 100; i++) {
          queue.put("go on");
        }
        TestLoop.yieldUntil(() -> threads.size() == 100);
        return null;
      });
    }
    assertThat(threads).doesNotHaveDuplicates();
  }

  @Test
  void aParkedCallbackContinuesInTheNextRun() {
    SynchronousQueue<String> queue = new SynchronousQueue<>();
    List<String> order = new ArrayList<>();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.callSoon(() -> mark(take(queue), order));
      loop.run(() -> null);

      putFromOutside(queue, "between the runs");
      assertThat(order).isEmpty();

      loop.run(() -> {
        TestLoop.yieldUntil(() -> order.size() == 1);
        return null;
      });
    }
    assertThat(order).containsExactly("between the runs");
  }

  @Test
  void aCallbackThatIsParkedWhenTheLoopIsClosedEndsElsewhere() throws InterruptedException {
    SynchronousQueue<String> queue = new SynchronousQueue<>();
    List<String> order = new ArrayList<>();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.callSoon(() -> {
        note();
        mark(take(queue), order);
      });
      loop.run(() -> null);
    }

    putFromOutside(queue, "after the end");

    threads.getFirst().join();
    assertThat(order).containsExactly("after the end");
  }

  @Test
  void aParkedStepOfAForeignCoroutineDoesNotStayTheCurrentTask() {
    SynchronousQueue<String> queue = new SynchronousQueue<>();
    List<Object> current = new ArrayList<>();
    try (ScriptedCoroutines loop = new ScriptedCoroutines(threads)) {
      // given a task whose coroutine runs in the runner, and parks there
      loop.onFirstStep(() -> {
        current.add(loop.currentTask().orElse(null));
        take(queue);
        current.add(loop.currentTask().orElse(null));
      });
      Task<String> parking = loop.createTask(() -> "never");

      // when other callbacks run in the meantime
      Task<String> other = loop.createTask(() -> "never");
      loop.callSoon(() -> current.add(loop.currentTask().orElse(null)));
      assertThat(loop.runUntilComplete(other)).isEqualTo("scripted");

      // then that task is current when it continues, and only then
      putFromOutside(queue, "go on");
      assertThat(loop.runUntilComplete(parking)).isEqualTo("scripted");
      assertThat(current).containsExactly(parking, null, parking);
    }
  }

  private void mark(String name, List<String> order) {
    note();
    order.add(name);
  }

  private void note() {
    threads.add(Thread.currentThread());
  }

  private static void putFromOutside(SynchronousQueue<String> queue, String value) {
    try {
      queue.put(value);
    } catch (InterruptedException nobodyDoes) {
      throw new IllegalStateException(nobodyDoes);
    }
  }

  private static String take(SynchronousQueue<String> queue) {
    try {
      return queue.take();
    } catch (InterruptedException nobodyDoes) {
      throw new IllegalStateException(nobodyDoes);
    }
  }

  private final class Probe extends ReadyEntry {

    private final List<Thread> askers;

    Probe(List<Thread> askers) {
      this.askers = askers;
    }

    @Override
    public boolean runsOnCarrier() {
      askers.add(Thread.currentThread());
      return false;
    }

    @Override
    public void run() {
      note();
    }
  }
}
