package org.asyncio4j.tck.rules.threads;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.datagram.DatagramEndpoint;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.net.socket.AsyncDatagramSocket;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.sync.AsyncBarrier;
import org.asyncio4j.sync.AsyncCondition;
import org.asyncio4j.sync.AsyncEvent;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.sync.AsyncQueue;
import org.asyncio4j.sync.AsyncSemaphore;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.DatagramProbe;
import org.asyncio4j.tck.probe.Datagrams;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.ForeignCalls;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.Waiters;

/** Chapter 3, part five: datagrams, sockets, locks and queues on a foreign thread. */
final class ForeignUseRules {

  private final LoopFixture fixture;
  private final Network network;

  ForeignUseRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Calls the methods of datagram transports and endpoints from foreign threads. */
  @Rule("3.24")
  @Hint("See 3.21.")
  @Requires(Capability.UDP)
  void foreignThreadsMayNotUseDatagrams() throws IOException {
    Datagrams datagrams = new Datagrams(fixture);
    DatagramSocket peer = datagrams.peer();
    DatagramProbe probe = new DatagramProbe();
    DatagramTransport transport = datagrams.connect(probe, peer);
    DatagramEndpoint endpoint =
        datagrams.running().run(() -> DatagramEndpoint.open(Datagrams.ANY_PORT));
    Map<String, ThrowingRunnable<Exception>> calls = new LinkedHashMap<>();
    calls.put("sendTo", () -> transport.sendTo(ByteBuffer.allocate(7)));
    calls.put("pauseReading", transport::pauseReading);
    calls.put("resumeReading", transport::resumeReading);
    calls.put(
        "setWriteBufferLimits", () -> transport.setWriteBufferLimits(new WriteBufferLimits(1, 2)));
    calls.put("setProtocol", () -> transport.setProtocol(new DatagramProbe()));
    calls.put("close", transport::close);
    calls.put("abort", transport::abort);
    calls.put("receive", endpoint::receive);
    calls.put("send", () -> endpoint.send(ByteBuffer.allocate(7), peer.getLocalSocketAddress()));
    calls.put("waitClosed of an endpoint", endpoint::waitClosed);
    calls.put("close of an endpoint", endpoint::close);

    new ForeignCalls(fixture, datagrams.running()).expectRefused(calls);

    datagrams.send("allowed", transport, null);
    InetSocketAddress ignored = Datagrams.expectText("allowed", peer);
    datagrams.act(() -> {
      Expect.that("an endpoint must continue to read", transport.isReading());
      endpoint.close();
      transport.close();
    });
    datagrams.running().runTask(endpoint::waitClosed);
    fixture
        .patience()
        .until(
            "a transport that is closed must be lost",
            () -> probe.trace().events().contains("connectionLost"));
  }

  /**
   * Calls methods of sockets that never wait from foreign threads, and those of the sockets of
   * transports and servers. (Those that may wait need a task: see 20.21.)
   */
  @Rule("3.26")
  @Hint("See 3.21; options use the descriptor, which may already belong to another socket.")
  @Requires(Capability.SOCKETS)
  void foreignThreadsMayNotUseSockets() throws IOException {
    BackgroundLoop running = fixture.start();
    EventLoop loop = fixture.loop();
    AsyncSocket stream = running.call(() -> loop.openSocket(StandardProtocolFamily.INET));
    AsyncServerSocket listener =
        running.call(() -> loop.openServerSocket(StandardProtocolFamily.INET));
    Map<String, ThrowingRunnable<Exception>> calls = new LinkedHashMap<>();
    calls.put("bind", () -> stream.bind(Network.endpoint(0)));
    calls.put("shutdownOutput", stream::shutdownOutput);
    addOptions(calls, "a stream socket", stream);
    calls.put("close", stream::close);
    calls.put("bind of a listener", () -> listener.bind(Network.endpoint(0), 1));
    calls.put("close of a listener", listener::close);

    new ForeignCalls(fixture, running).expectRefused(calls);

    running.perform(() -> {
      Expect.that("sockets must stay open", stream.isOpen() && listener.isOpen());
      listener.bind(Network.endpoint(0), 1);
      stream.close();
      listener.close();
      Expect.that("sockets must be closed", !stream.isOpen() && !listener.isOpen());
    });
  }

  /**
   * Calls methods of datagram sockets, and cancels the handle of a reader, from foreign threads.
   */
  @Rule("3.30")
  @Hint("See 3.21.")
  @Requires({Capability.SOCKETS, Capability.UDP, Capability.WATCHING})
  void foreignThreadsMayNotUseDatagramSocketsNorReaders() throws IOException {
    BackgroundLoop running = fixture.start();
    EventLoop loop = fixture.loop();
    AsyncDatagramSocket socket =
        running.call(() -> loop.openDatagramSocket(StandardProtocolFamily.INET));
    running.perform(() -> socket.bind(Network.endpoint(0)));
    Handle reader = running.call(() -> loop.addReader(Watchable.of(socket), () -> {}));
    Map<String, ThrowingRunnable<Exception>> calls = new LinkedHashMap<>();
    calls.put("connect", () -> socket.connect(Network.endpoint(9)));
    addOptions(calls, "a datagram socket", socket);
    calls.put("close", socket::close);
    calls.put("cancel of a reader", reader::cancel);
    calls.put("removeReader", () -> loop.removeReader(Watchable.of(socket)));
    calls.put("addWriter", () -> loop.addWriter(Watchable.of(socket), () -> {}));

    new ForeignCalls(fixture, running).expectRefused(calls);

    running.perform(() -> {
      Expect.that("a reader must stay", loop.removeReader(Watchable.of(socket)));
      socket.close();
    });
  }

  /** Reads and sets options of the sockets of a transport and a server from foreign threads. */
  @Rule("3.31")
  @Hint("The socket view that a transport returns must check, too.")
  @Requires({Capability.TCP_CLIENT, Capability.TCP_SERVER})
  void foreignThreadsMayNotUseTheSocketsOfTransports() throws IOException {
    Server server = network.serve(EchoProtocol::new);
    ServerSocket listener = network.listen();
    Transport transport = network.connect(listener, new ProbeProtocol());
    var _ = network.accept(listener);
    Map<String, ThrowingRunnable<Exception>> calls = new LinkedHashMap<>();
    addOptions(calls, "a transport", transport.extraInfo(ExtraInfo.SOCKET).orElseThrow());
    addOptions(calls, "a server", server.sockets().getFirst());

    new ForeignCalls(fixture, network.running()).expectRefused(calls);

    network.perform(() -> {
      server.close();
      transport.close();
    });
  }

  /**
   * Makes a task wait for one object of each kind, and calls their methods from foreign threads.
   */
  @Rule("3.27")
  @Hint("`isRunning` and `runningLoop` must be correct on every thread.")
  void foreignThreadsMayNotUseSynchronizers() {
    Waited waited = new Waited();
    EventLoop loop = fixture.loop();
    Task<Boolean> task = loop.createTask(waited::waitForEach);
    fixture.tickUntilDone("a task that waits for one object after the other", task);
    BackgroundLoop running = fixture.start();

    new ForeignCalls(fixture, running).expectRefused(waited.calls());

    running.perform(() -> {
      Expect.that("an event must stay as it was", !waited.event.isSet());
      Expect.that("a lock must stay as it was", !waited.lock.isLocked());
      Expect.that("a queue must stay as it was", waited.queue.isEmpty());
    });
  }

  private static void addOptions(
      Map<String, ThrowingRunnable<Exception>> calls, String of, TransportSocket socket) {
    calls.put("option of " + of, () -> socket.option(StandardSocketOptions.SO_RCVBUF));
    calls.put(
        "setOption of " + of, () -> socket.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 16));
  }

  /** One object of each kind, for which a task has had to wait once. */
  private static final class Waited {

    private final AsyncEvent event = new AsyncEvent();
    private final AsyncLock lock = new AsyncLock();
    private final AsyncCondition condition = new AsyncCondition();
    private final AsyncSemaphore semaphore = new AsyncSemaphore(0);
    private final AsyncBarrier barrier = new AsyncBarrier(2);
    private final AsyncQueue<String> queue = new AsyncQueue<>();

    boolean waitForEach() {
      Waiters waiters = new Waiters(Asyncio.runningLoop());
      lock.acquire();
      var _ = waiters.start(event::await);
      var _ =
          waiters.start(() -> {
            lock.acquire();
            lock.release();
          });
      var _ =
          waiters.start(() -> {
            condition.acquire();
            condition.await();
            condition.release();
          });
      var _ = waiters.start(semaphore::acquire);
      var _ = waiters.start(barrier::await);
      var _ = waiters.start(queue::get);
      event.set();
      event.clear();
      lock.release();
      condition.acquire();
      condition.signal();
      condition.release();
      semaphore.release();
      int ignored = barrier.await();
      queue.putNoWait("item");
      queue.taskDone();
      waiters.join();
      return true;
    }

    Map<String, ThrowingRunnable<Exception>> calls() {
      Map<String, ThrowingRunnable<Exception>> calls = new LinkedHashMap<>();
      calls.put("AsyncEvent.set", event::set);
      calls.put("AsyncEvent.clear", event::clear);
      calls.put("AsyncEvent.await", event::await);
      calls.put("AsyncLock.acquire", lock::acquire);
      calls.put("AsyncLock.hold", lock::hold);
      calls.put("AsyncLock.release", lock::release);
      calls.put("AsyncCondition.acquire", condition::acquire);
      calls.put("AsyncCondition.release", condition::release);
      calls.put("AsyncCondition.signal", condition::signal);
      calls.put("AsyncCondition.signalAll", condition::signalAll);
      calls.put("AsyncCondition.await", condition::await);
      calls.put("AsyncSemaphore.acquire", semaphore::acquire);
      calls.put("AsyncSemaphore.release", semaphore::release);
      calls.put("AsyncBarrier.await", barrier::await);
      calls.put("AsyncBarrier.reset", barrier::reset);
      calls.put("AsyncBarrier.abort", barrier::abort);
      calls.put("AsyncQueue.put", () -> queue.put("item"));
      calls.put("AsyncQueue.putNoWait", () -> queue.putNoWait("item"));
      calls.put("AsyncQueue.get", queue::get);
      calls.put("AsyncQueue.getNoWait", queue::getNoWait);
      calls.put("AsyncQueue.taskDone", queue::taskDone);
      calls.put("AsyncQueue.join", queue::join);
      calls.put("AsyncQueue.shutdown", queue::shutdown);
      return calls;
    }
  }
}
