package org.asyncio4j.spi.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingConsumer;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.net.options.NameResolution;
import org.asyncio4j.net.options.Resolver;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;

/** {@code loop.resolve}. */
@HangGuard
class ResolveTest {

  private static final List<InetAddress> FOUND =
      List.of(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("2001:db8::7"));

  private static void on(
      CoroutineMode mode, Resolver resolver, ThrowingConsumer<TestLoop, Exception> test) {
    try (TestLoop loop = new TestLoop(LoopContext.defaults().withCoroutines(mode))) {
      boolean done =
          loop.run(() -> {
            loop.setNameResolution(NameResolution.defaults().withResolver(resolver));
            test.accept(loop);
            return true;
          });
      assertThat(done).isTrue();
    }
  }

  @OnEachEngine
  void returnsWhatTheResolverFinds(CoroutineMode mode) {
    on(mode, host -> FOUND, loop -> assertThat(loop.resolve("host.example")).isEqualTo(FOUND));
  }

  @OnEachEngine
  void usesLiteralsUnchangedButNotScopes(CoroutineMode mode) {
    AtomicInteger asked = new AtomicInteger();
    on(
        mode,
        host -> {
          asked.incrementAndGet();
          return FOUND;
        },
        loop -> {
          assertThat(loop.resolve("192.0.2.1")).containsExactly(InetAddress.ofLiteral("192.0.2.1"));
          assertThat(loop.resolve("::1")).containsExactly(InetAddress.ofLiteral("::1"));
          assertThat(asked).hasValue(0);
          assertThat(loop.resolve("fe80::1%1")).isEqualTo(FOUND);
          assertThat(asked).hasValue(1);
        });
  }

  @OnEachEngine
  void namesTheHostThatIsUnknown(CoroutineMode mode) {
    on(
        mode,
        host -> {
          throw new UnknownHostException("?");
        },
        loop ->
            assertThatThrownBy(() -> loop.resolve("unknown.example"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("unknown.example"));
  }

  @OnEachEngine
  void givesUpAtTheTimeLimitAndWhenItIsCancelled(CoroutineMode mode) {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(2);
    Resolver slow =
        host -> {
          asked.countDown();
          try {
            end.await();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
          return FOUND;
        };
    on(
        mode,
        slow,
        loop -> {
          Task<List<InetAddress>> cancelled = loop.createTask(() -> loop.resolve("slow.example"));
          TestLoop.yieldUntil(() -> asked.getCount() == 1);
          assertThat(cancelled.cancel()).isTrue();
          assertThatThrownBy(cancelled::await).isInstanceOf(CancelledError.class);

          loop.setNameResolution(loop.nameResolution().withTimeLimit(Duration.ofMillis(1)));
          assertThatThrownBy(() -> loop.resolve("slow.example"))
              .isInstanceOf(TimeoutException.class)
              .hasMessageContaining("slow.example");
          end.countDown();
        });
  }

  @OnEachEngine
  void usesAThreadAgainAndEndsItWithTheLoop(CoroutineMode mode) throws InterruptedException {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    on(
        mode,
        host -> {
          threads.add(Thread.currentThread());
          return FOUND;
        },
        loop -> {
          assertThat(loop.resolve("first.example")).isEqualTo(FOUND);
          TestLoop.yieldUntil(() -> threads.getFirst().getState() == Thread.State.TIMED_WAITING);
          assertThat(threads.getFirst().isDaemon()).isTrue();
          assertThat(loop.resolve("second.example")).isEqualTo(FOUND);
        });
    assertThat(threads).hasSize(2).containsOnly(threads.getFirst());
    threads.getFirst().join(); // an idle one would stay for a minute
  }

  @OnEachEngine
  void needsATaskAndAName(CoroutineMode mode) {
    try (TestLoop loop = new TestLoop(LoopContext.defaults().withCoroutines(mode))) {
      assertThatThrownBy(() -> loop.resolve("192.0.2.1"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("task");
      assertThatThrownBy(() -> loop.resolve(""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("host");
    }
  }
}
