package org.asyncio4j.spi.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.CapturedLog;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.ParkingLoop;
import org.asyncio4j.spi.fixture.TestLoop;

/** The thread on which a loop polls and flushes requests, and the end of that thread. */
@HangGuard
class PollThreadTest {

  /** A loop that records the calls of its hooks, and whose polls fail on request. */
  private static final class NotingLoop extends ParkingLoop {

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<String> calls = new ArrayList<>(); // of the thread that polls
    private IllegalStateException pollFailure;
    private IOException flushFailure;

    NotingLoop(CoroutineMode mode) {
      super(LoopContext.defaults().withCoroutines(mode));
    }

    @Override
    protected void poll(long waitNanos) {
      threads.add(Thread.currentThread());
      calls.add("poll");
      if (pollFailure != null) {
        throw pollFailure;
      }
      super.poll(waitNanos);
    }

    @Override
    protected void flush(boolean last) throws IOException {
      threads.add(Thread.currentThread());
      calls.add("flush " + last);
      if (last && flushFailure != null) {
        throw flushFailure;
      }
    }

    void runOnce() {
      callSoon(this::stop);
      runForever();
    }
  }

  @OnEachEngine
  void itIsAPlatformThreadThatEndsWhenTheLoopIsClosed(CoroutineMode mode)
      throws InterruptedException {
    NotingLoop loop = new NotingLoop(mode);
    loop.runOnce();
    Thread virtual = Thread.startVirtualThread(loop::runOnce);
    virtual.join();
    loop.runOnce();

    assertThat(loop.threads).hasSize(1).noneMatch(Thread::isVirtual).allMatch(Thread::isAlive);
    loop.close();
    loop.threads.iterator().next().join();
  }

  @OnEachEngine
  void itEndsWhenTheLoopIsForgotten(CoroutineMode mode) {
    try (CapturedLog log = CapturedLog.start()) {
      Thread thread = threadOfForgottenLoop(mode);

      TestLoop.spinUntil(() -> {
        System.gc();
        return !thread.isAlive();
      });
      assertThat(log.messages()).anyMatch(message -> message.contains("unclosed event loop"));
    }
  }

  private static Thread threadOfForgottenLoop(CoroutineMode mode) {
    NotingLoop loop = new NotingLoop(mode);
    loop.runOnce();
    return loop.threads.iterator().next();
  }

  @OnEachEngine
  void requestsAreFlushedBeforeItWaitsAndAtTheEnd(CoroutineMode mode) {
    try (NotingLoop loop = new NotingLoop(mode)) {
      loop.callLater(Duration.ofMillis(1), loop::stop);
      loop.runForever();

      assertThat(loop.calls.getLast()).isEqualTo("flush true");
      assertThat(String.join(", ", loop.calls)).matches("(flush false, poll, )+flush true");
    }
  }

  @OnEachEngine
  void requestsAreFlushedWhenAPollEndsTheRun(CoroutineMode mode) {
    try (NotingLoop loop = new NotingLoop(mode)) {
      loop.pollFailure = new IllegalStateException("poll");
      loop.flushFailure = new IOException("flush");

      assertThatThrownBy(loop::runForever).isSameAs(loop.pollFailure);

      assertThat(loop.pollFailure.getSuppressed()).containsExactly(loop.flushFailure);
      assertThat(loop.calls).containsExactly("flush false", "poll", "flush true");
      assertThat(loop.isRunning()).isFalse();
    }
  }

  @OnEachEngine
  void aFailureToFlushAtTheEndEndsTheRun(CoroutineMode mode) {
    try (NotingLoop loop = new NotingLoop(mode)) {
      loop.flushFailure = new IOException("flush");

      assertThatThrownBy(loop::runOnce)
          .isInstanceOf(UncheckedIOException.class)
          .hasCause(loop.flushFailure);

      loop.flushFailure = null;
      loop.runOnce();
      assertThat(loop.threads).hasSize(1);
    }
  }
}
