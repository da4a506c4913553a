package org.asyncio4j.tck.rules.sockets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;

/** Chapter 20, part seven: files that do not arrive completely. */
@Requires(Capability.TCP_CLIENT)
final class SendFileFailureRules {

  private static final int LARGE_BYTES = 16 << 20;

  private final LoopFixture fixture;
  private final Network network;
  private final EventLoop loop;
  private final ProbeProtocol protocol = new ProbeProtocol();

  SendFileFailureRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.loop = fixture.loop();
  }

  /** Sends a file over a connection that is closing. */
  @Rule("20.50")
  @Hint("Check whether the transport is closing.")
  void aClosingConnectionIsRefused() throws IOException {
    FileRegion file = FileRegion.of(file(Flood.noise(10)));
    Link link = network.connect(protocol);

    network.run(() -> {
      link.transport().close();
      return Expect.thrown(
          IllegalStateException.class,
          "sendFile over a closing connection",
          () -> loop.sendFile(link.transport(), file));
    });
    link.peer().expectEnd();
  }

  /** Makes the peer reset the connection in the middle of a file. */
  @Rule("20.51")
  @Hint("Wake the task when the connection is lost.")
  void aLostConnectionEndsTheTransfer() throws IOException {
    Path file = file(Flood.noise(LARGE_BYTES));
    Link link = network.connect(protocol);
    CompletableFuture<Long> sent =
        network.begin(() -> loop.sendFile(link.transport(), FileRegion.of(file)));
    link.peer().skip(1000);

    link.peer().reset();

    Throwable failure = network.awaitFailure("sendFile must end", sent);
    Expect.that("it must be an IOException but was " + failure, failure instanceof IOException);
    fixture.patience().await("the connection must be lost", protocol.lost());
  }

  /** Cancels the task that sends a file, and writes. */
  @Rule("20.52")
  @Hint("Release the output in any case.")
  void aCancelledTaskReleasesTheOutput() throws IOException {
    byte[] content = Flood.noise(LARGE_BYTES);
    Link link = network.connect(protocol);
    FileChannel channel = fixture.closing(FileChannel.open(file(content)));
    CompletableFuture<Long> sending =
        network.begin(() -> loop.sendFile(link.transport(), FileRegion.of(channel)));
    link.peer().skip(1000);

    boolean ignored = sending.cancel(true);
    network.settle(3);
    network.perform(() -> link.transport().write(Network.bytes("end")));
    int sent = Math.toIntExact(network.call(channel::position));

    Expect.that("a part must be sent, not all", sent > 0 && sent < LARGE_BYTES);
    byte[] rest = link.peer().receive(sent - 1000);
    Expect.that(
        "the bytes must be those of the file",
        Arrays.equals(Arrays.copyOfRange(content, 1000, sent), rest));
    Expect.equal("what follows", "end", link.peer().receiveText(3));
  }

  /** Sends a file that does not exist, and then something else. */
  @Rule("20.53")
  @Hint("Throw the exception of opening the file, and release the output.")
  void aMissingFileIsAnIoException() throws IOException {
    Link link = network.connect(protocol);
    Path missing = file(new byte[0]).resolveSibling("tck-no-such-file");

    network.run(() -> {
      IOException failure =
          Expect.thrown(
              IOException.class,
              "sendFile without a file",
              () -> loop.sendFile(link.transport(), FileRegion.of(missing)));
      Expect.mentions("the failure", failure.getMessage(), "tck-no-such-file");
      link.transport().write(Network.bytes("next"));
      return true;
    });

    Expect.equal("what arrives", "next", link.peer().receiveText(4));
  }

  private Path file(byte[] content) throws IOException {
    Path file = Files.createTempFile("tck", ".bin");
    AutoCloseable deletion = () -> Files.deleteIfExists(file);
    AutoCloseable _ = fixture.closing(deletion);
    return Files.write(file, content);
  }
}
