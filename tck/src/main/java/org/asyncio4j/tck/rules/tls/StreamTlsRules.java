package org.asyncio4j.tck.rules.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.TlsLinks;

/** Chapter 17, part five: streams that switch to TLS. */
@Requires({Capability.TLS, Capability.TCP_CLIENT, Capability.TCP_SERVER})
final class StreamTlsRules {

  private static final TlsOptions CLIENT = TlsLinks.trusting().withServerName("localhost");

  private final LoopFixture fixture;
  private final Network network;

  StreamTlsRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Makes both ends of a connection begin TLS between two lines. */
  @Rule("17.27")
  @Hint("Return the transport that encrypts from `startTls`.")
  void streamsContinueOverTls() {
    Server server =
        serve((reader, writer) -> {
          try (writer) {
            writer.write(reader.readLine());
            writer.startTls(TlsLinks.serving());
            writer.write(reader.readLine());
          }
        });

    ConnectOptions options = ConnectOptions.to(Network.HOST, network.addressOf(server).getPort());
    String received = network.run(() -> talk(options));

    Expect.equal("what comes back", "plain\nsecret\n", received);
  }

  private static String talk(ConnectOptions options) throws IOException {
    try (StreamConnection streams = Asyncio.openConnection(options)) {
      StreamReader reader = streams.reader();
      StreamWriter writer = streams.writer();
      writer.write("plain\n", US_ASCII);
      byte[] plain = reader.readLine();
      writer.startTls(CLIENT);
      writer.write("secret\n", US_ASCII);
      return new String(plain, US_ASCII) + new String(reader.readAll(), US_ASCII);
    }
  }

  /**
   * Makes a client send a command right after the one that starts TLS, and then start the
   * handshake.
   */
  @Rule("17.28")
  @Hint("Treat the data that `startTls` is given as TLS, whatever it is.")
  void dataReceivedBeforeTlsIsNotReadAfterIt() throws IOException {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Server server =
        serve((reader, writer) -> {
          try (writer) {
            Expect.equal("the first line", "begin\n", new String(reader.readLine(), US_ASCII));
            writer.startTls(TlsLinks.serving());
            boolean ignored = outcome.complete(new String(reader.read(100), US_ASCII));
          } catch (IOException refused) {
            boolean ignored = outcome.completeExceptionally(refused);
          }
        });
    Peer victim = network.connectTo(server);
    victim.send("begin\nforged\n");
    Thread peer = Thread.ofVirtual().start(() -> shakeHands(victim.socket()));

    fixture.patience().until("startTls must end", outcome::isDone);
    ExecutionException ignored =
        Expect.thrown(
            ExecutionException.class, "startTls when something else has come", outcome::get);
    peer.interrupt();
  }

  private static void shakeHands(Socket plain) {
    try (SSLSocket socket =
        (SSLSocket)
            TlsLinks.context("client", "server")
                .getSocketFactory()
                .createSocket(plain, "localhost", plain.getPort(), true)) {
      socket.startHandshake();
    } catch (IOException refused) {
      // This is the expected failure.
    }
  }

  /**
   * Makes streams begin TLS with peers that respond with something else, or are silent until the
   * task is cancelled, and uses the streams afterwards.
   */
  @Rule("17.36")
  @Hint(
      "Close the connection when `startTls` fails or is cancelled, and keep TLS as its transport.")
  void aFailedStartTlsEndsTheStreams() throws IOException {
    for (boolean cancelled : new boolean[] {false, true, true}) {
      ServerSocket listener = network.listen();
      StreamConnection streams = network.run(() -> Asyncio.openConnection(Network.to(listener)));
      Peer peer = network.accept(listener);
      Task<?> starting = start(() -> streams.writer().startTls(CLIENT));
      Task<?> closing = start(streams.writer()::waitClosed);
      if (cancelled) {
        network.perform(() -> Expect.that("cancel must succeed", starting.cancel()));
      }
      peer.send("plain text");

      network.runTask(() -> expectEnd(streams, starting, closing, cancelled));
      peer.expectClosed("the connection");
    }
  }

  private static void expectEnd(
      StreamConnection streams, Task<?> starting, Task<?> closing, boolean cancelled)
      throws IOException {
    Class<? extends Throwable> expected = cancelled ? CancelledError.class : SSLException.class;
    Throwable thrown = Expect.thrown(expected, "startTls", starting::await);
    Expect.that("the writer must be closing", streams.writer().isClosing());
    Throwable read =
        Expect.thrown(IOException.class, "a read after it", () -> streams.reader().read(100));
    Throwable end = Expect.thrown(IOException.class, "waiting for the end", closing::await);
    Throwable drain = Expect.thrown(IOException.class, "a drain", streams.writer()::drain);
    if (!cancelled) {
      for (Throwable other : List.of(read, end, drain)) {
        Expect.same("what the streams end with", thrown, other);
      }
    }
  }

  private Task<?> start(ThrowingRunnable<IOException> body) {
    Task<?> task =
        network.call(() ->
            network
                .loop()
                .createTask(() -> {
                  body.run();
                  return true;
                }));
    network.perform(() -> {});
    return task;
  }

  private Server serve(ClientHandler handler) {
    return network.run(() -> Asyncio.startServer(handler, ServerOptions.on(Network.HOST, 0)));
  }
}
