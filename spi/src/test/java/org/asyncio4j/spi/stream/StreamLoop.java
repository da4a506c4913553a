package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingConsumer;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamOptions;

/**
 * A test loop that connects to no peer, through {@linkplain ScriptedTransport scripted transports}.
 */
final class StreamLoop extends TestLoop {

  private final List<ScriptedTransport> transports = new ArrayList<>();
  private Supplier<? extends StreamProtocol> factory;

  StreamLoop(CoroutineMode mode) {
    super(LoopContext.defaults().withCoroutines(mode));
  }

  /** The code of a test that uses the streams of a connection. */
  interface Script {
    void play(StreamLoop loop, ScriptedTransport transport, StreamConnection streams)
        throws Exception;
  }

  /** Plays a script in a task. */
  static void play(CoroutineMode mode, Script script) {
    play(mode, StreamOptions.defaults(), script);
  }

  static void play(CoroutineMode mode, StreamOptions options, Script script) {
    with(
        mode,
        loop -> {
          StreamConnection streams = loop.connect(options);
          script.play(loop, loop.transport(), streams);
          streams.close();
        });
  }

  /** Runs a body in a task; no task may be left. */
  static void with(CoroutineMode mode, ThrowingConsumer<StreamLoop, Exception> body) {
    try (StreamLoop loop = new StreamLoop(mode)) {
      loop.run(() -> {
        body.accept(loop);
        return true;
      });
      assertThat(loop.allTasks()).isEmpty();
    }
  }

  StreamConnection connect(StreamOptions options) throws IOException {
    return Asyncio.openConnection(ConnectOptions.to("peer.test", 7), options);
  }

  /** The last transport that was made. */
  ScriptedTransport transport() {
    return transports.getLast();
  }

  /** A client connects to the server, in a callback. */
  ScriptedTransport clientConnects() {
    int before = transports.size();
    callSoon(() -> make(factory.get()));
    yieldUntil(() -> transports.size() > before);
    return transport();
  }

  @Override
  public <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<? extends P> protocolFactory, ConnectOptions options) {
    P protocol = protocolFactory.get();
    return new Connection<>(make(protocol), protocol);
  }

  @Override
  public Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options) {
    factory = protocolFactory;
    return new ScriptedServer(transports);
  }

  private ScriptedTransport make(StreamProtocol protocol) {
    ScriptedTransport transport = new ScriptedTransport(this, protocol);
    transports.add(transport);
    protocol.connectionMade(transport);
    return transport;
  }

  static void serve(StreamOptions options, ClientHandler handler) throws Exception {
    Asyncio.startServer(handler, ServerOptions.on("127.0.0.1", 0), options);
  }

  /** Lets handlers end. */
  static void settle(TestLoop loop) {
    TestLoop.yieldUntil(() -> loop.allTasks().size() == 1);
    Awaiter.yieldOnce();
  }

  /** Starts a task and lets it run up to where it waits. */
  static <T> Task<T> begin(TestLoop loop, Callable<? extends T> body) {
    Task<T> task = loop.createTask(body);
    Awaiter.yieldOnce();
    return task;
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
