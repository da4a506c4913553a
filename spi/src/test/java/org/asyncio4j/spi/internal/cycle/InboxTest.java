package org.asyncio4j.spi.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 7: no wake-up is lost. */
@HangGuard
class InboxTest {

  private static final int PRODUCERS = 4;
  private static final int ROUNDS = 200_000;
  // On a busy machine fewer rounds have to do.
  private static final long EFFORT_NANOS = 1_000_000_000L;
  private static final int JITTER = 20;

  @Test
  void entriesComeOutInTheOrderTheyWentIn() {
    Inbox inbox = new Inbox(() -> {});
    List<ReadyEntry> entries = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      entries.add(new Nothing());
    }

    entries.forEach(inbox::add);

    List<ReadyEntry> taken = new ArrayList<>();
    for (ReadyEntry entry = inbox.poll(); entry != null; entry = inbox.poll()) {
      taken.add(entry);
    }
    assertThat(taken).isEqualTo(entries);
    assertThat(inbox.isEmpty()).isTrue();
  }

  @Test
  void onlyALoopThatSleepsIsWokenAndOnlyOnce() {
    AtomicInteger wakeUps = new AtomicInteger();
    Inbox inbox = new Inbox(wakeUps::incrementAndGet);

    inbox.add(new Nothing());
    assertThat(wakeUps).hasValue(0);

    inbox.poll();
    assertThat(inbox.mayNowSleep()).isTrue();
    inbox.add(new Nothing());
    inbox.add(new Nothing());
    assertThat(wakeUps).hasValue(1);
  }

  @Test
  void aLoopMustNotSleepWhileThereIsSomethingToDo() {
    AtomicInteger wakeUps = new AtomicInteger();
    Inbox inbox = new Inbox(wakeUps::incrementAndGet);
    inbox.add(new Nothing());

    assertThat(inbox.mayNowSleep()).isFalse();

    inbox.add(new Nothing());
    assertThat(wakeUps).as("it does not sleep").hasValue(0);
  }

  @Test
  void aLoopThatIsAwakeAgainNeedsNoWakeUp() {
    AtomicInteger wakeUps = new AtomicInteger();
    Inbox inbox = new Inbox(wakeUps::incrementAndGet);
    assertThat(inbox.mayNowSleep()).isTrue();

    inbox.awake();

    inbox.add(new Nothing());
    assertThat(wakeUps).hasValue(0);
  }

  @Test
  void anEntryThatComesWhileTheLoopFallsAsleepWakesIt() {
    AtomicInteger wakeUps = new AtomicInteger();
    Interleaved queue = new Interleaved();
    Inbox inbox = new Inbox(wakeUps::incrementAndGet, queue);
    queue.afterLooking = () -> inbox.add(new Nothing());

    boolean sleeps = inbox.mayNowSleep();

    assertThat(sleeps).as("it saw nothing").isTrue();
    assertThat(wakeUps).as("so it must be woken").hasValue(1);
  }

  @Test
  void aLoopThatFallsAsleepWhileAnEntryComesIsWoken() {
    AtomicInteger wakeUps = new AtomicInteger();
    Interleaved queue = new Interleaved();
    Inbox inbox = new Inbox(wakeUps::incrementAndGet, queue);
    queue.beforeAdding = () -> assertThat(inbox.mayNowSleep()).isTrue();

    inbox.add(new Nothing());

    assertThat(wakeUps).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void noWakeUpIsLostByALoopThatSleepsOften(int producers) throws InterruptedException {
    // Every producer waits until its entry was taken, so wake-ups that are lost stop everything;
    // with one producer, one is enough.
    AtomicBoolean woken = new AtomicBoolean();
    Inbox inbox = new Inbox(() -> woken.set(true));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      Random random = new Random(i);
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                long end = System.nanoTime() + EFFORT_NANOS;
                boolean last = false;
                for (int round = 0; !last; round++) {
                  last = round == ROUNDS || System.nanoTime() > end;
                  Taken entry = new Taken(last);
                  spin(random.nextInt(JITTER));
                  inbox.add(entry);
                  TestLoop.spinUntil(() -> entry.taken);
                }
              }));
    }

    Random random = new Random(producers);
    int left = producers;
    while (left > 0) {
      for (ReadyEntry entry = inbox.poll(); entry != null; entry = inbox.poll()) {
        if (((Taken) entry).last) {
          left--;
        }
        ((Taken) entry).taken = true;
      }
      spin(random.nextInt(JITTER));
      if (left > 0 && inbox.mayNowSleep()) {
        TestLoop.spinUntil(woken::get);
        woken.set(false);
      }
      inbox.awake();
    }

    for (Thread thread : threads) {
      thread.join();
    }
  }

  @OnEachEngine
  void everyThreadWakesASleepingLoop(CoroutineMode mode) throws InterruptedException {
    int rounds = 2_000;
    AtomicInteger called = new AtomicInteger();
    try (TestLoop loop = TestLoop.on(mode)) {
      List<Thread> producers = new ArrayList<>();
      for (int i = 0; i < PRODUCERS; i++) {
        producers.add(
            Thread.ofPlatform()
                .daemon()
                .start(() -> {
                  for (int round = 0; round < rounds; round++) {
                    Semaphore done = new Semaphore(0);
                    var _ =
                        loop.callSoonThreadsafe(() -> {
                          if (called.incrementAndGet() == PRODUCERS * rounds) {
                            loop.stop();
                          }
                          done.release();
                        });
                    done.acquireUninterruptibly();
                  }
                }));
      }
      loop.runForever();
      for (Thread producer : producers) {
        producer.join();
      }
    }
    assertThat(called).hasValue(PRODUCERS * rounds);
  }

  private static void spin(int turns) {
    for (int i = 0; i < turns; i++) {
      Thread.onSpinWait();
    }
  }

  /** Makes the other side act in the middle of this side's call. */
  private static final class Interleaved extends MpscUnboundedVarHandleArrayQueue<ReadyEntry> {

    private Runnable beforeAdding = () -> {};
    private Runnable afterLooking = () -> {};

    Interleaved() {
      super(16);
    }

    @Override
    public boolean offer(ReadyEntry entry) {
      beforeAdding.run();
      return super.offer(entry);
    }

    @Override
    public boolean isEmpty() {
      boolean empty = super.isEmpty();
      Runnable once = afterLooking;
      afterLooking = () -> {};
      once.run();
      return empty;
    }
  }

  private static class Nothing extends ReadyEntry {

    @Override
    public void run() {}
  }

  private static final class Taken extends Nothing {

    private final boolean last;
    private volatile boolean taken;

    Taken(boolean last) {
      this.last = last;
    }
  }
}
