package org.asyncio4j.spi.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.spi.fixture.TestLoop;

/** A coroutine that a foreign thread has submitted to a loop, if the loop accepted it. */
final class Submission {

  private final TestLoop loop;
  private final CompletableFuture<Submission> answer;
  private volatile boolean mayBeCancelled;
  private volatile boolean returned;

  Submission(TestLoop loop, Body body) {
    this.loop = loop;
    CompletableFuture<Submission> taken = null;
    try {
      taken =
          Asyncio.runCoroutineThreadsafe(
              () -> {
                body.run(this);
                returned = true;
                return this;
              },
              loop);
    } catch (IllegalStateException closed) {
      assertThat(loop.isClosed()).isTrue();
    }
    answer = taken;
  }

  void mayBeCancelled() {
    mayBeCancelled = true;
  }

  void cancel() {
    mayBeCancelled = true;
    if (answer != null) {
      answer.cancel(true);
    }
  }

  void verify(Duration limit) {
    if (answer == null) {
      assertThat(returned).as("a body that was refused runs").isFalse();
      return;
    }
    try {
      assertThat(answer.get(limit.toNanos(), TimeUnit.NANOSECONDS)).isSameAs(this);
      assertThat(returned).isTrue();
    } catch (CancellationException cancelled) {
      assertThat(mayBeCancelled).as("it was cancelled").isTrue();
    } catch (ExecutionException failed) {
      assertThat(failed)
          .hasCauseInstanceOf(IllegalStateException.class)
          .hasMessageContaining("was closed before its task");
    } catch (InterruptedException | TimeoutException waits) {
      throw new AssertionError(this + " must be done but waits on " + loop, waits);
    }
  }

  /** The body of a coroutine. */
  interface Body {
    void run(Submission own) throws Exception;
  }
}
