package org.asyncio4j.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.core.Handle;
import org.junit.jupiter.api.Test;

/** Law 7: no wake-up is lost. */
@HangGuard
class InboxTest {

  private static final int PRODUCERS = 4;
  private static final int ROUNDS = 20_000;

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
  void noWakeUpIsLostBetweenManyProducersAndALoopThatSleepsOften() throws InterruptedException {
    // Every producer waits until its entry was taken, so one lost wake-up stops everything.
    Semaphore wakeUps = new Semaphore(0);
    Inbox inbox = new Inbox(wakeUps::release);
    List<Thread> producers = new ArrayList<>();
    for (int i = 0; i < PRODUCERS; i++) {
      Random random = new Random(i);
      producers.add(
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                  spin(random.nextInt(200));
                  Taken entry = new Taken();
                  inbox.add(entry);
                  entry.taken.acquireUninterruptibly();
                }
              }));
    }

    Random random = new Random(PRODUCERS);
    for (int taken = 0; taken < PRODUCERS * ROUNDS; ) {
      for (ReadyEntry entry = inbox.poll(); entry != null; entry = inbox.poll()) {
        ((Taken) entry).taken.release();
        taken++;
      }
      spin(random.nextInt(50));
      if (taken < PRODUCERS * ROUNDS && inbox.mayNowSleep()) {
        wakeUps.acquire();
        wakeUps.drainPermits();
      }
      inbox.awake();
    }

    for (Thread producer : producers) {
      producer.join();
    }
  }

  @OnEachEngine
  void aLoopThatSleepsHearsEveryThread(CoroutineMode mode) throws InterruptedException {
    int rounds = ROUNDS / 10;
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
                    Handle unused =
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

  private static class Nothing extends ReadyEntry {

    @Override
    void run() {}
  }

  private static final class Taken extends Nothing {

    private final Semaphore taken = new Semaphore(0);
  }
}
