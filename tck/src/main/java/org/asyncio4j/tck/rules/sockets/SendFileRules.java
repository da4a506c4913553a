package org.asyncio4j.tck.rules.sockets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.net.Transport;
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
import org.asyncio4j.tck.probe.SocketLink;
import org.asyncio4j.tck.probe.TlsLinks;

/** Chapter 20, part six: files that are sent. */
@Requires(Capability.TCP_CLIENT)
final class SendFileRules {

  private static final int SMALL_BYTES = 10_000;
  private static final int LARGE_BYTES = 16 << 20;

  private final LoopFixture fixture;
  private final Network network;
  private final EventLoop loop;
  private final ProbeProtocol protocol = new ProbeProtocol();

  SendFileRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.loop = fixture.loop();
  }

  /** Sends a file, and something after it. */
  @Rule("20.43")
  @Hint("Send all of it, in order.")
  void aFileArrivesWhole() throws IOException {
    byte[] content = Flood.noise(LARGE_BYTES);
    Path file = file(content);
    Link link = network.connect(protocol);
    CompletableFuture<Long> sent =
        network.begin(() -> {
          long count = loop.sendFile(link.transport(), FileRegion.of(file));
          link.transport().write(Network.bytes("end"));
          return count;
        });

    byte[] received = link.peer().receive(LARGE_BYTES);

    Expect.that("the bytes must be those of the file", Arrays.equals(content, received));
    Expect.equal("what follows", "end", link.peer().receiveText(3));
    Expect.equal("the count", (long) LARGE_BYTES, network.await("sendFile must return", sent));
  }

  /** Writes more than the system takes, and then sends a file. */
  @Rule("20.44")
  @Hint("Wait until the write buffer is empty.")
  void dataWrittenBeforeIsSentFirst() throws IOException {
    byte[] content = Flood.noise(SMALL_BYTES);
    Path file = file(content);
    Link link = network.connect(protocol);
    long before = network.call(() -> Flood.fill(link.transport()));
    CompletableFuture<Long> sent =
        network.begin(() -> loop.sendFile(link.transport(), FileRegion.of(file)));

    byte[] zeros = link.peer().receive(Math.toIntExact(before));
    byte[] received = link.peer().receive(SMALL_BYTES);

    Expect.that("what was written must arrive first", Arrays.equals(new byte[(int) before], zeros));
    Expect.that("the file must follow", Arrays.equals(content, received));
    Expect.equal("the count", (long) SMALL_BYTES, network.await("sendFile must return", sent));
  }

  /** Sends parts of a file: in the middle, beyond its end, and an empty part. */
  @Rule("20.45")
  @Hint("Check offset and count, and stop at the end of the file.")
  void aPartOfAFileIsSent() throws IOException {
    byte[] content = Flood.noise(SMALL_BYTES);
    FileRegion file = FileRegion.of(file(content));
    Link link = network.connect(protocol);

    long[] counts =
        network.run(() ->
            new long[] {
              send(link, file.withOffset(100).withCount(50)),
              send(link, file.withCount(0)),
              send(link, file.withOffset(SMALL_BYTES - 10).withCount(1000)),
              send(link, file.withOffset(SMALL_BYTES + 1))
            });

    Expect.equal("the counts", "[50, 0, 10, 0]", Arrays.toString(counts));
    byte[] received = link.peer().receive(60);
    Expect.that(
        "the middle must arrive",
        Arrays.equals(Arrays.copyOfRange(content, 100, 150), Arrays.copyOf(received, 50)));
    Expect.that(
        "the end must arrive",
        Arrays.equals(
            Arrays.copyOfRange(content, SMALL_BYTES - 10, SMALL_BYTES),
            Arrays.copyOfRange(received, 50, 60)));
  }

  /** Sends a part of a channel, and reads its position. */
  @Rule("20.46")
  @Hint("Move the position past what was sent.")
  void thePositionOfAChannelIsMovedPastTheSentBytes() throws IOException {
    byte[] content = Flood.noise(SMALL_BYTES);
    Link link = network.connect(protocol);
    FileChannel channel = fixture.closing(FileChannel.open(file(content)));

    long count =
        network.run(() -> send(link, FileRegion.of(channel).withOffset(1000).withCount(500)));

    Expect.equal("the count", 500L, count);
    Expect.equal("the position", 1500L, channel.position());
    Expect.that("the channel must stay open", channel.isOpen());
    Expect.that(
        "the bytes must be those of the file",
        Arrays.equals(Arrays.copyOfRange(content, 1000, 1500), link.peer().receive(500)));
  }

  /** Writes while a file is being sent to a peer that does not read. */
  @Rule("20.47")
  @Hint("Refuse writes until the file is sent.")
  @Requires(Capability.SEND_FILE)
  void writesAreRefusedDuringTheTransfer() throws IOException {
    byte[] content = Flood.noise(LARGE_BYTES);
    Path file = file(content);
    Link link = network.connect(protocol);
    CompletableFuture<Long> sent =
        network.begin(() -> loop.sendFile(link.transport(), FileRegion.of(file)));

    network.perform(() -> {
      IllegalStateException refusal =
          Expect.thrown(
              IllegalStateException.class,
              "write while a file is sent",
              () -> link.transport().write(Network.bytes("x")));
      Expect.mentions("the refusal", refusal.getMessage(), "sendFile");
    });

    Expect.that(
        "the bytes must be those of the file",
        Arrays.equals(content, link.peer().receive(LARGE_BYTES)));
    Expect.equal("the count", (long) LARGE_BYTES, network.await("sendFile must return", sent));
  }

  /** Sends a file while another one is being sent. */
  @Rule("20.48")
  @Hint("Refuse the second.")
  void aSecondFileIsRefusedDuringTheTransfer() throws IOException {
    byte[] content = Flood.noise(LARGE_BYTES);
    FileRegion file = FileRegion.of(file(content));
    Link link = network.connect(protocol);
    CompletableFuture<Long> sent = network.begin(() -> loop.sendFile(link.transport(), file));

    network.run(() ->
        Expect.thrown(
            IllegalStateException.class,
            "a second sendFile",
            () -> loop.sendFile(link.transport(), file)));

    Expect.that(
        "the bytes must be those of the file",
        Arrays.equals(content, link.peer().receive(LARGE_BYTES)));
    Expect.equal("the count", (long) LARGE_BYTES, network.await("sendFile must return", sent));
  }

  /** Closes a connection while a file is being sent. */
  @Rule("20.49")
  @Hint("Treat the file as part of the data to be written.")
  @Requires(Capability.SEND_FILE)
  void closeWaitsForTheFile() throws IOException {
    byte[] content = Flood.noise(LARGE_BYTES);
    Path file = file(content);
    Link link = network.connect(protocol);
    CompletableFuture<Long> sent =
        network.begin(() -> loop.sendFile(link.transport(), FileRegion.of(file)));

    network.perform(link.transport()::close);

    Expect.that(
        "the bytes must be those of the file", Arrays.equals(content, link.peer().receiveAll()));
    Expect.equal("the count", (long) LARGE_BYTES, network.await("sendFile must return", sent));
    fixture.patience().await("the connection must be lost", protocol.lost());
  }

  /** Sends a file to a peer that reads fast, and counts the runs of a callback. */
  @Rule("20.54")
  @Hint("Send a piece of limited size, then let other callbacks run.")
  void otherTasksRunDuringTheTransfer() throws IOException {
    Path file = file(Flood.noise(LARGE_BYTES));
    Link link = network.connect(protocol);
    AtomicInteger turns = new AtomicInteger();
    CompletableFuture<Integer> turnsMeanwhile =
        network.begin(() -> {
          Runnable[] again = new Runnable[1];
          again[0] =
              () -> {
                int ignored = turns.incrementAndGet();
                if (turns.get() < 1_000_000 && turns.get() > 0) {
                  Handle _ = loop.callSoon(again[0]);
                }
              };
          again[0].run();
          long ignored = loop.sendFile(link.transport(), FileRegion.of(file));
          return turns.getAndSet(1_000_000);
        });

    link.peer().skip(LARGE_BYTES);

    int found = network.await("sendFile must return", turnsMeanwhile);
    Expect.that("a callback must have had 8 turns in the meantime but had " + found, found >= 8);
  }

  /** Sends a file over TLS, with fallback and without. */
  @Rule("20.55")
  @Hint("Read the file and write it, at the pace of the peer.")
  @Requires({Capability.TLS, Capability.TCP_SERVER})
  void aFileIsSentOverTlsByReadingIt() throws IOException {
    int length = 1 << 20;
    FileRegion file = FileRegion.of(file(Flood.noise(length)));
    TlsLinks tls = new TlsLinks(network);
    ProbeProtocol listening = new ProbeProtocol();
    Transport transport = tls.connect(protocol, listening);

    long count =
        network.run(() -> {
          SendFileNotAvailableException _ =
              Expect.thrown(
                  SendFileNotAvailableException.class,
                  "sendFile over TLS without reading",
                  () -> loop.sendFile(transport, file, false));
          long sent = loop.sendFile(transport, file);
          Expect.same("the protocol", protocol, transport.protocol());
          transport.close();
          return sent;
        });

    Expect.equal("the count", (long) length, count);
    fixture.patience().await("the server must lose the connection", listening.lost());
    Expect.equal("the number of bytes that arrive", length, listening.receivedCount());
  }

  /** Sends a file by a socket for direct use. */
  @Rule("20.56")
  @Hint("Send all of it, and refuse other senders.")
  @Requires(Capability.SOCKETS)
  void aSocketSendsAFile() throws IOException {
    byte[] content = Flood.noise(LARGE_BYTES);
    Path file = file(content);
    SocketLink link = network.connectSocket();
    CompletableFuture<Long> sent = network.begin(() -> link.socket().sendFile(FileRegion.of(file)));
    network.run(() ->
        Expect.thrown(
            IllegalStateException.class,
            "send while a file is sent",
            () -> link.socket().send(ByteBuffer.allocate(1))));

    byte[] received = link.peer().receive(LARGE_BYTES);

    Expect.that("the bytes must be those of the file", Arrays.equals(content, received));
    Expect.equal("the count", (long) LARGE_BYTES, network.await("sendFile must return", sent));
  }

  private long send(Link link, FileRegion region) throws IOException {
    return loop.sendFile(link.transport(), region);
  }

  private Path file(byte[] content) throws IOException {
    Path file = Files.createTempFile("tck", ".bin");
    AutoCloseable deletion = () -> Files.deleteIfExists(file);
    AutoCloseable _ = fixture.closing(deletion);
    return Files.write(file, content);
  }
}
