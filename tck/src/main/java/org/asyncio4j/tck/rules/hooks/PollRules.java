package org.asyncio4j.tck.rules.hooks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.hooks.HookCall;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.ProbeProtocol;

/** Chapter 7, part five: which thread polls, and when requests are passed to the system. */
final class PollRules {

  private static final int RUNS = 3;
  // More than loops write by one call of the system.
  private static final int MUCH = 300_000;

  private final LoopFixture fixture;
  private final AtomicInteger immediatePolls = new AtomicInteger();

  PollRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Runs a loop from several threads, one after the other, and has it poll with and without a wait.
   */
  @Rule("7.23")
  @Hint("Use one thread to poll until the loop is closed.")
  void oneThreadPollsInAllRuns() {
    EventLoop loop = fixture.loop();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    HookLog.observe(
        loop,
        call -> {
          if (isPollOrFlush(call)) {
            threads.add(Thread.currentThread());
          }
          if (isImmediatePoll(call)) {
            int ignored = immediatePolls.incrementAndGet();
          }
        });

    for (int run = 0; run < RUNS; run++) {
      try (BackgroundLoop running = fixture.start(loop)) {
        running.runTask(this::pollInBothWays);
      }
      fixture.runTask(this::pollInBothWays);
    }

    Expect.equal("the number of threads that have polled", 1, threads.size());
  }

  /** Records the hooks of several runs. */
  @Rule("7.24")
  @Hint("Call `flush` once before each `poll`, and once more at the end of a run.")
  void requestsAreFlushedBeforeEachPollAndWhenARunEnds() {
    EventLoop loop = fixture.loop();
    Queue<String> calls = new ConcurrentLinkedQueue<>();
    HookLog.observe(
        loop,
        call -> {
          if (isPollOrFlush(call)) {
            calls.add(call.hook().equals("poll") ? "poll" : "flush(%s)".formatted(call.request()));
          }
          if (isImmediatePoll(call)) {
            int ignored = immediatePolls.incrementAndGet();
          }
        });

    for (int run = 0; run < RUNS; run++) {
      fixture.runTask(this::pollInBothWays);

      List<String> called = List.copyOf(calls);
      calls.clear();
      List<String> expected = new ArrayList<>();
      for (int polls = called.size() / 2; polls > 0; polls--) {
        expected.addAll(List.of("flush(false)", "poll"));
      }
      expected.add("flush(true)");
      Expect.equal("the hooks that were called in a run", expected, called);
    }
  }

  /**
   * Writes to connections, and stops the loop in the same callback, in several runs: a bit, several
   * times, and much at once on a new connection, if a plain socket can send that much.
   */
  @Rule("7.25")
  @Hint("Submit the collected requests in `flush`; go on writing until the system takes no more.")
  @Requires(Capability.TCP_CLIENT)
  void dataWrittenBeforeARunEndsIsSent() throws IOException {
    ServerSocket listener = fixture.network().listen();
    Transport transport = connect(listener);
    Peer peer = fixture.network().accept(listener);
    for (int run = 0; run < RUNS; run++) {
      fixture.runCallback(() -> transport.write(Network.bytes("x")));

      peer.expectText("x");
    }

    boolean fits = fitsIntoTheSystem(new byte[MUCH]);
    for (int run = 0; fits && run < RUNS; run++) {
      Transport unused = connect(listener);
      Peer receiver = fixture.network().accept(listener);
      byte[] data = Flood.noise(MUCH);
      fixture.runCallback(() -> unused.write(data));

      Expect.that(
          "what arrives must be what was written", Arrays.equals(data, receiver.receive(MUCH)));
    }
  }

  private Transport connect(ServerSocket listener) throws IOException {
    EventLoop loop = fixture.loop();
    return fixture.run(
        () -> loop.createConnection(ProbeProtocol::new, Network.to(listener)).transport());
  }

  private static boolean fitsIntoTheSystem(byte[] data) throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open().bind(Network.endpoint(0));
        SocketChannel socket = SocketChannel.open(listener.getLocalAddress())) {
      socket.configureBlocking(false);
      return socket.write(ByteBuffer.wrap(data)) == data.length;
    }
  }

  private void pollInBothWays() {
    int before = immediatePolls.get();
    while (immediatePolls.get() < before + 2) {
      Asyncio.sleep(Duration.ZERO);
    }
    Asyncio.sleep(Duration.ofMillis(1));
  }

  private static boolean isPollOrFlush(HookCall call) {
    return call.hook().equals("poll") || call.hook().equals("flush");
  }

  private static boolean isImmediatePoll(HookCall call) {
    return call.hook().equals("poll") && Long.valueOf(0).equals(call.request());
  }
}
