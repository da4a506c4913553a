package org.asyncio4j.tck.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.stream.StreamOptions;
import org.jspecify.annotations.Nullable;

/**
 * Connections from the loop of a rule, which runs in the background, to plain sockets. The fixture
 * closes everything.
 */
public final class Links {

  private static final int CHUNK_BYTES = 64 * 1024;
  // What the system takes later, once a relay in between has read a bit.
  private static final long SLACK_BYTES = 4L * 1024 * 1024;
  private static final long FULL_BYTES = 128L * 1024 * 1024;
  private static final int MANY_POLLS = 20;
  private static final int STANDSTILL_TICKS = 8;
  private static final long RECENT_NANOS = 1_000_000;

  private final LoopFixture fixture;
  private @Nullable BackgroundLoop background;

  /**
   * Creates no connection yet; the loop starts with the first one.
   *
   * @param fixture the fixture of the loop that connects
   */
  public Links(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Connects.
   *
   * @param protocol the protocol of the loop's end
   * @return both ends
   */
  public Link connect(StreamProtocol protocol) {
    EventLoop loop = fixture.loop();
    return dial(address -> loop.createConnection(() -> protocol, address).transport(), Link::new);
  }

  /**
   * Connects by streams, which stay open unless the rule closes them.
   *
   * @param options how they behave
   * @return both ends
   */
  public StreamLink open(StreamOptions options) {
    StreamLink link = dial(address -> Asyncio.openConnection(address, options), StreamLink::new);
    fixture.onClose(link.streams()::close);
    return link;
  }

  /**
   * Connects a socket for direct use, which is closed at the end.
   *
   * @return both ends
   */
  public SocketLink connectSocket() {
    SocketLink link = dial(this::connectSocket, SocketLink::new);
    fixture.onClose(link.socket()::close);
    return link;
  }

  private AsyncSocket connectSocket(ConnectOptions address) throws IOException {
    AsyncSocket socket = fixture.loop().openSocket(StandardProtocolFamily.INET);
    socket.connect(Network.endpoint(address.port()));
    return socket;
  }

  /**
   * Runs code in a task of the loop, and waits for its result.
   *
   * @param body the code
   * @param <T> the type of its result
   * @return its result
   */
  public <T> T run(Callable<T> body) {
    return background().run(body);
  }

  /**
   * Starts code in a task of the loop.
   *
   * @param body the code
   * @param <T> the type of its result
   * @return its future result; cancelling it cancels the task
   */
  public <T> CompletableFuture<T> begin(Callable<T> body) {
    CompletableFuture<T> result = Asyncio.runCoroutineThreadsafe(body, fixture.loop());
    settle(2);
    return result;
  }

  /**
   * Waits for the result of a task.
   *
   * @param what must happen, as a sentence
   * @param result its future result
   * @param <T> the type of its result
   * @return its result
   */
  public <T> T await(String what, CompletableFuture<T> result) {
    fixture.patience().until(what, result::isDone);
    try {
      return result.join();
    } catch (CompletionException | CancellationException failed) {
      throw new RuleViolation(what + ", but it failed with " + failed, failed);
    }
  }

  /**
   * Waits for the failure of a task.
   *
   * @param what must happen, as a sentence
   * @param result its future result
   * @return the exception that it failed with
   */
  public Throwable awaitFailure(String what, CompletableFuture<?> result) {
    fixture.patience().until(what, result::isDone);
    Expect.that(what, result.isCompletedExceptionally() && !result.isCancelled());
    return result.exceptionNow();
  }

  private interface Dialling<T> {
    T dial(ConnectOptions address) throws IOException;
  }

  private <T, L> L dial(Dialling<T> dialling, BiFunction<T, Wire, L> link) {
    try (ServerSocket listener = fixture.detour().listener(InetAddress.getLoopbackAddress())) {
      listener.setSoTimeout(Math.toIntExact(fixture.settings().patience().toMillis()));
      String host = listener.getInetAddress().getHostAddress();
      T end = run(() -> dialling.dial(ConnectOptions.to(host, listener.getLocalPort())));
      Wire wire = new Wire(listener.accept(), fixture.settings());
      fixture.onClose(wire::close);
      return link.apply(end, wire);
    } catch (IOException failure) {
      throw new RuleViolation("a loop must connect to a plain socket but: " + failure, failure);
    }
  }

  /**
   * Calls code on the loop's thread, in a callback, and waits for it.
   *
   * @param action the code
   */
  public void act(ThrowingRunnable<? extends Exception> action) {
    boolean ignored =
        ask(() -> {
          action.run();
          return true;
        });
  }

  /**
   * Calls code on the loop's thread, in a callback, and waits for its result.
   *
   * @param action the code
   * @param <T> the type of its result
   * @return its result
   */
  public <T> T ask(Callable<T> action) {
    return background().call(action);
  }

  /**
   * Waits a number of ticks until the loop has done its work.
   *
   * @param ticks how many ticks
   */
  public void settle(int ticks) {
    for (int tick = 0; tick < ticks; tick++) {
      act(() -> {});
    }
  }

  /**
   * Waits until data that a peer sends in the background makes no progress any more, although the
   * loop had its turns, or is sent completely.
   *
   * @param wire the peer
   */
  public void awaitStandstill(Wire wire) {
    long before;
    do {
      wire.awaitStandstill();
      before = wire.sent();
      settle(STANDSTILL_TICKS);
      wire.awaitStandstill();
    } while (wire.sent() > before);
  }

  /**
   * Writes until the system takes no more, and then some megabytes more, with limits that do not
   * matter. On the loop's thread, to a transport whose peer does not read.
   *
   * @param transport the transport
   * @return how many bytes were written; some of them wait in the transport now
   */
  public static long fill(Transport transport) {
    return fill(transport, (byte) 0);
  }

  /**
   * Does what {@link #fill(Transport)} does, with other bytes.
   *
   * @param transport the transport
   * @param content what each byte is
   * @return how many bytes were written
   */
  public static long fill(Transport transport, byte content) {
    transport.setWriteBufferLimits(new WriteBufferLimits(0, Long.MAX_VALUE));
    byte[] chunk = new byte[CHUNK_BYTES];
    Arrays.fill(chunk, content);
    long written = 0;
    while (transport.writeBufferSize() < SLACK_BYTES) {
      Expect.that(
          "a transport must buffer what a peer that does not read leaves", written < FULL_BYTES);
      expectOpen(transport);
      transport.write(chunk);
      written += chunk.length;
    }
    return written;
  }

  /**
   * Writes until the protocol is paused and the system takes no more. On the loop's thread, to a
   * transport whose peer does not read.
   *
   * @param transport the transport
   * @return how many bytes were written
   */
  public static long overfill(Transport transport) {
    long enough = transport.writeBufferLimits().highBytes() + SLACK_BYTES;
    byte[] chunk = new byte[CHUNK_BYTES];
    long written = 0;
    while (transport.writeBufferSize() <= enough) {
      expectOpen(transport);
      transport.write(chunk);
      written += chunk.length;
    }
    return written;
  }

  // Data that is written to a lost connection is dropped, so the loop would never end.
  private static void expectOpen(Transport transport) {
    Expect.that("a connection must stay open until it is closed", !transport.isClosing());
  }

  /**
   * Blocks the loop for a short time, so that it does not skip the next poll because it has just
   * polled. On the loop's thread.
   */
  public static void outlastLastPoll() {
    long end = System.nanoTime() + RECENT_NANOS;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }

  /**
   * Returns bytes that look random but are the same each time.
   *
   * @param count how many
   * @return the bytes
   */
  public static byte[] noise(int count) {
    byte[] data = new byte[count];
    new Random(count).nextBytes(data);
    return data;
  }

  /**
   * Expects the loop to sleep. Does not apply to a loop that does not extend {@code BaseEventLoop}:
   * its polls cannot be seen.
   *
   * @param when names the state of the connection
   */
  public void expectNoSpin(String when) {
    settle(2);
    new Polls(fixture).expectFewerThan(MANY_POLLS, when);
  }

  private BackgroundLoop background() {
    BackgroundLoop running = background;
    if (running == null) {
      running = fixture.start();
      background = running;
    }
    return running;
  }
}
