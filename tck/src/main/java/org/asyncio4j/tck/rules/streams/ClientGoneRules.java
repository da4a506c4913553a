package org.asyncio4j.tck.rules.streams;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.probe.Trace;
import org.asyncio4j.tck.probe.UnixNetwork;
import org.asyncio4j.tck.probe.Waiters;

/** Chapter 16, part six: handlers that are cancelled when their client is gone. */
final class ClientGoneRules {

  private static final StreamOptions CANCELLING =
      StreamOptions.defaults().withCancelOnDisconnect(true);

  private final LoopFixture fixture;
  private final Network network;
  private final Trace trace = new Trace();

  ClientGoneRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Resets connections whose handlers wait for something else. */
  @Rule("16.33")
  @Hint("Notice a reset although no task reads, and notify the protocol.")
  @Requires(Capability.TCP_SERVER)
  void aHandlerIsCancelledWhenItsClientIsGone() throws IOException {
    Server server = serve(this::waitForSomethingElse);
    for (int client = 1; client <= 2; client++) {
      Peer peer = network.connectTo(server);
      peer.expectText("hello");

      peer.reset();

      awaitCancelled(client);
    }
  }

  /** Ends the stream of a client, which still waits for the response. */
  @Rule("16.34")
  @Hint("An end of file is no loss, see 11.8.")
  @Requires(Capability.TCP_SERVER)
  void theEndOfTheClientsOutputCancelsNoHandler() throws IOException {
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch answering = new CountDownLatch(1);
    Server server =
        serve((reader, writer) -> {
          try (writer) {
            byte[] question = reader.readAll();
            ended.countDown();
            Asyncio.sleep(Duration.ofMillis(1));
            writer.write(question);
            writer.drain();
            answering.countDown();
          }
        });
    Peer peer = network.connectTo(server);
    peer.send("question");
    peer.sendEof();

    fixture.patience().await("the handler must read up to the end", ended);
    peer.expectText("question");
    fixture.patience().await("the handler must continue", answering);
    peer.expectClosed("a connection whose handler has closed it");
  }

  /** Closes TLS connections whose handlers wait for something else. */
  @Rule("16.35")
  @Hint("TLS cannot be half-closed, so its end is the end of the connection.")
  @Requires({Capability.TCP_SERVER, Capability.TCP_CLIENT, Capability.TLS})
  void aHandlerIsCancelledWhenItsTlsClientIsGone() {
    Server server =
        network.run(() ->
            Asyncio.startServer(
                this::waitForSomethingElse,
                ServerOptions.on(Network.HOST, 0).withTls(TlsLinks.serving()),
                CANCELLING));
    for (int client = 1; client <= 2; client++) {
      ConnectOptions place = network.to(server).withTls(TlsLinks.trusting());
      StreamConnection streams = network.run(() -> Asyncio.openConnection(place));
      network.runTask(() -> {
        byte[] hello = streams.reader().readExactly(5);
        Expect.equal("what arrives", "hello", new String(hello, US_ASCII));
      });

      network.perform(streams::close);

      awaitCancelled(client);
    }
  }

  /** Closes Unix connections in both directions while their handlers write. */
  @Rule("16.36")
  @Hint("A write that fails must lose the connection, see 11.12.")
  @Requires(Capability.UNIX_STREAM)
  void aHandlerIsCancelledWhenItsUnixClientIsGone() throws IOException {
    UnixNetwork unix = new UnixNetwork(fixture);
    EventLoop loop = network.loop();
    Server server =
        network.run(() ->
            Asyncio.startUnixServer(
                (reader, writer) -> {
                  writer.write("hello", US_ASCII);
                  var _ =
                      loop.createTask(() -> {
                        writeUntilLost(writer);
                        return true;
                      });
                  waitForever();
                },
                UnixServerOptions.on(unix.path()),
                CANCELLING));
    for (int client = 1; client <= 2; client++) {
      SocketChannel peer = unix.connect();
      unix.expectText("hello", peer);

      peer.close();

      awaitCancelled(client);
    }
    network.perform(server::close);
  }

  /** Resets connections whose handlers block in a call of the JDK. */
  @Rule("16.37")
  @Hint("See 6.25.")
  @Requires(Capability.TCP_SERVER)
  void aHandlerThatBlocksIsInterrupted() throws IOException {
    if (fixture.context().coroutines() != CoroutineMode.CARRIER) {
      throw fixture.notApplicable("a body that blocks holds the loop on the handoff engine");
    }
    Server server =
        serve((reader, writer) -> {
          writer.write("hello", US_ASCII);
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException interrupted) {
            trace.add("cancelled");
            throw interrupted;
          }
        });
    for (int client = 1; client <= 2; client++) {
      Peer peer = network.connectTo(server);
      peer.expectText("hello");

      peer.reset();

      awaitCancelled(client);
    }
  }

  /** Makes handlers close their connection, and continue. */
  @Rule("16.38")
  @Hint("`close` is no cancellation.")
  @Requires(Capability.TCP_SERVER)
  @Direct("the loss of the connection is the handler's own doing")
  void aHandlerThatHasClosedItsConnectionContinues() throws IOException {
    Server server =
        serve((reader, writer) -> {
          writer.write("hello", US_ASCII);
          writer.close();
          writer.waitClosed();
          Waiters.giveWay(2);
          trace.add("went on");
        });
    for (int client = 1; client <= 2; client++) {
      Peer peer = network.connectTo(server);
      peer.expectText("hello");
      peer.expectClosed("a connection that was closed");
      int seen = client;
      fixture.patience().until("a handler must continue", () -> trace.events().size() == seen);
    }
    trace.expect("what handlers did", "went on", "went on");
  }

  /**
   * Switches connections to TLS, and closes or aborts them while their handlers wait for something
   * else.
   */
  @Rule("16.44")
  @Hint("Notify the streams when the transport that speaks TLS is lost.")
  @Requires({Capability.TCP_SERVER, Capability.TCP_CLIENT, Capability.TLS})
  void aHandlerThatStartedTlsIsCancelledWhenItsClientIsGone() {
    Server server =
        serve((reader, writer) -> {
          writer.startTls(TlsLinks.serving());
          waitForSomethingElse(reader, writer);
        });
    for (int client = 1; client <= 4; client++) {
      ConnectOptions place = network.to(server);
      StreamConnection streams = network.run(() -> Asyncio.openConnection(place));
      network.runTask(() -> {
        streams.writer().startTls(TlsLinks.trusting().withServerName("localhost"));
        byte[] hello = streams.reader().readExactly(5);
        Expect.equal("what arrives", "hello", new String(hello, US_ASCII));
      });

      boolean abrupt = client % 2 == 0;
      network.perform(() -> {
        if (abrupt) {
          streams.writer().transport().abort();
        } else {
          streams.close();
        }
      });

      awaitCancelled(client);
    }
  }

  private void waitForSomethingElse(StreamReader reader, StreamWriter writer) {
    writer.write("hello", US_ASCII);
    waitForever();
  }

  private void waitForever() {
    try {
      Object ignored = Asyncio.runningLoop().createFuture().await();
    } catch (CancelledError cancelled) {
      trace.add("cancelled");
      throw cancelled;
    }
  }

  private static void writeUntilLost(StreamWriter writer) {
    try {
      while (true) {
        writer.write(new byte[1]);
        writer.drain();
        Waiters.giveWay(1);
      }
    } catch (IOException lost) {
      // This is the cancellation that the rule waits for.
    }
  }

  private Server serve(ClientHandler handler) {
    return network.run(
        () -> Asyncio.startServer(handler, ServerOptions.on(Network.HOST, 0), CANCELLING));
  }

  private void awaitCancelled(int count) {
    fixture.patience().until("a handler must be cancelled", () -> trace.events().size() == count);
    for (int tick = 0; tick < 4; tick++) {
      network.perform(() -> {}); // a report would have arrived by then
    }
  }
}
