package org.asyncio4j.tck.run;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;

/** Rules with every outcome there is. */
@SuppressWarnings("DoNotCallSuggester") // throwing is what some are for
final class ToyRules {

  static final Chapter CHAPTER = new Chapter(9, "Toys", ToyRules.class, ToyRules::new, false);
  static final List<ServerSocketChannel> LEAKED = new ArrayList<>();
  static final CountDownLatch RELEASE = new CountDownLatch(1);

  static final Set<EventLoop> USED = Collections.newSetFromMap(new IdentityHashMap<>());
  static final AtomicInteger RUNS = new AtomicInteger();

  private final LoopFixture fixture;

  ToyRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  @Rule("9.1")
  void everythingIsFine() {
    Expect.that("a fixture must open a loop", fixture.loop() != null);
  }

  @Rule("9.2")
  void theLoopIsAtFault() {
    Expect.equal("the answer", 42, 41);
  }

  @Rule("9.3")
  void nothingEverEnds() {
    while (RELEASE.getCount() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Rule("9.4")
  void thisRuleCannotBeTested() {
    throw fixture.notApplicable("there is no such thing here");
  }

  @Rule("9.5")
  void theKitTripsOverItself() {
    List<String> names = new ArrayList<>();
    names.add(null);
    Expect.equal("the length", 0, names.getFirst().length());
  }

  @Rule("9.6")
  void aSocketIsLeftOpen() throws IOException {
    LEAKED.add(ServerSocketChannel.open());
  }

  @Rule("9.7")
  void aThreadIsLeftRunning() {
    Thread.ofPlatform().daemon().name("left-behind").start(this::nothingEverEnds);
  }

  @Rule("9.8")
  @Requires(Capability.TCP_CLIENT)
  void onlyLoopsThatConnectAreTested() {
    throw new AssertionError("never called");
  }

  /** Fails each time but the first with a loop, and each time with no loop. */
  @Rule("9.11")
  void thisHoldsOnNewLoopsOnly() {
    Expect.that("a loop must be new", USED.add(fixture.loop()));
  }

  @Rule("9.12")
  void thisFailsOnceOnly() {
    Expect.that("it must not be the first time", RUNS.getAndIncrement() > 0);
  }

  @Rule("9.10")
  void theLoopThrowsAnUnexpectedException() {
    throw new IllegalStateException("surprise");
  }
}
