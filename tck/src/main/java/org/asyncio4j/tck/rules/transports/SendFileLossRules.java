package org.asyncio4j.tck.rules.transports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;

/** Chapter 11, part six: files that cannot be sent. */
@Requires(Capability.TCP_CLIENT)
final class SendFileLossRules {

  private static final int LARGE_BYTES = 32 * 1024 * 1024;

  private final LoopFixture fixture;
  private final Network network;
  private final EventLoop loop;

  SendFileLossRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.loop = fixture.loop();
  }

  /** Makes peers reset their connections while a file is sent to them and reading is paused. */
  @Rule("11.45")
  @Hint("Treat an error of the socket as a failed write.")
  void aFileThatCannotBeSentLosesTheConnection() throws IOException {
    Path file = file();
    for (int round = 0; round < 2; round++) {
      ProbeProtocol protocol = new ProbeProtocol();
      Link link = network.connect(protocol);
      network.perform(link.transport()::pauseReading);
      CompletableFuture<Long> sent =
          network.begin(() -> loop.sendFile(link.transport(), FileRegion.of(file)));
      link.peer().skip(1000);

      link.peer().reset();

      Throwable failure = network.awaitFailure("sendFile must end", sent);
      Expect.that("it must throw IOException but was " + failure, failure instanceof IOException);
      fixture.patience().await("connectionLost must be called", protocol.lost());
      Throwable reason = protocol.reason().orElse(null);
      Expect.that(
          "the reason must be IOException but was " + reason, reason instanceof IOException);
      network.settle(2);
      Expect.equal(
          "what is reported", Optional.empty(), fixture.pollReport().map(ErrorReport::message));
    }
  }

  private Path file() throws IOException {
    Path file = Files.createTempFile("tck", ".bin");
    AutoCloseable deletion = () -> Files.deleteIfExists(file);
    var _ = fixture.closing(deletion);
    return Files.write(file, new byte[LARGE_BYTES]);
  }
}
