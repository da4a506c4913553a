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
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.Links;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 20, part seven: files that do not arrive completely. */
@Requires(Capability.TCP_CLIENT)
final class SendFileFailureRules {

  private static final int LARGE_BYTES = 16 << 20;

  private final LoopFixture fixture;
  private final Links links;
  private final EventLoop loop;
  private final ProbeProtocol protocol = new ProbeProtocol(new Trace());

  SendFileFailureRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.links = new Links(fixture);
    this.loop = fixture.loop();
  }

  /**
   * Sends a file over a connection that is closing.
   *
   * <p>If it fails: check whether the transport is closing.
   */
  @Rule("20.50")
  void aClosingConnectionIsRefused() throws IOException {
    FileRegion file = FileRegion.of(file(Links.noise(10)));
    Link link = links.connect(protocol);

    links.run(() -> {
      link.transport().close();
      return Expect.thrown(
          IllegalStateException.class,
          "sendFile over a closing connection",
          () -> loop.sendFile(link.transport(), file));
    });
    link.wire().expectEnd();
  }

  /**
   * Makes the peer reset the connection in the middle of a file.
   *
   * <p>If it fails: wake the task when the connection is lost.
   */
  @Rule("20.51")
  void aLostConnectionEndsTheTransfer() throws IOException {
    Path file = file(Links.noise(LARGE_BYTES));
    Link link = links.connect(protocol);
    CompletableFuture<Long> sent =
        links.begin(() -> loop.sendFile(link.transport(), FileRegion.of(file)));
    link.wire().skip(1000);

    link.wire().reset();

    Throwable failure = links.awaitFailure("sendFile must end", sent);
    Expect.that("it must be an IOException but was " + failure, failure instanceof IOException);
    fixture.patience().await("the connection must be lost", protocol.lost());
  }

  /**
   * Cancels the task that sends a file, and writes.
   *
   * <p>If it fails: release the output in any case.
   */
  @Rule("20.52")
  void aCancelledTaskReleasesTheOutput() throws IOException {
    byte[] content = Links.noise(LARGE_BYTES);
    Link link = links.connect(protocol);
    FileChannel channel = fixture.closing(FileChannel.open(file(content)));
    CompletableFuture<Long> sending =
        links.begin(() -> loop.sendFile(link.transport(), FileRegion.of(channel)));
    link.wire().skip(1000);

    boolean ignored = sending.cancel(true);
    links.settle(3);
    links.act(() -> link.transport().write(Network.bytes("end")));
    int sent = Math.toIntExact(links.ask(channel::position));

    Expect.that("a part must be sent, not all", sent > 0 && sent < LARGE_BYTES);
    byte[] rest = link.wire().receive(sent - 1000);
    Expect.that(
        "the bytes must be those of the file",
        Arrays.equals(Arrays.copyOfRange(content, 1000, sent), rest));
    Expect.equal("what follows", "end", link.wire().receiveText(3));
  }

  /**
   * Sends a file that does not exist, and then something else.
   *
   * <p>If it fails: throw the exception of opening the file, and release the output.
   */
  @Rule("20.53")
  void aMissingFileIsAnIoException() throws IOException {
    Link link = links.connect(protocol);
    Path missing = file(new byte[0]).resolveSibling("tck-no-such-file");

    links.run(() -> {
      IOException failure =
          Expect.thrown(
              IOException.class,
              "sendFile without a file",
              () -> loop.sendFile(link.transport(), FileRegion.of(missing)));
      Expect.mentions("the failure", failure.getMessage(), "tck-no-such-file");
      link.transport().write(Network.bytes("next"));
      return true;
    });

    Expect.equal("what arrives", "next", link.wire().receiveText(4));
  }

  private Path file(byte[] content) throws IOException {
    Path file = Files.createTempFile("tck", ".bin");
    AutoCloseable deletion = () -> Files.deleteIfExists(file);
    AutoCloseable _ = fixture.closing(deletion);
    return Files.write(file, content);
  }
}
