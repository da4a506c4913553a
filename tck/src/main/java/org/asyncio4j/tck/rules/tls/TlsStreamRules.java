package org.asyncio4j.tck.rules.tls;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.ArenaBuffers;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.LendingProbe;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 17, part two: data and flow control. */
@Requires({Capability.TLS, Capability.TCP_CLIENT, Capability.TCP_SERVER})
final class TlsStreamRules {

  private static final int MUCH = 2 * 1024 * 1024 + 17;
  private static final int CHUNK_BYTES = 100_000;
  private static final int CHUNKS = 200;

  private final LoopFixture fixture;
  private final Network network;
  private final TlsLinks links;
  private final Trace ofClient = new Trace();
  private final Trace ofServer = new Trace();
  private final ProbeProtocol client = new ProbeProtocol(ofClient);
  private final ProbeProtocol server = new ProbeProtocol(ofServer);

  TlsStreamRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.links = new TlsLinks(network);
  }

  /**
   * Sends two megabytes, in pieces larger than a record, to a protocol that lends small buffers and
   * sends the data back.
   */
  @Rule("17.11")
  @Hint("Split data into records and join them without loss, also if a buffer is smaller.")
  void muchDataArrivesIntactThroughLentBuffers() {
    LendingProbe echoed = new LendingProbe();
    byte[] sent = Flood.noise(MUCH);
    Transport transport = links.connect(echoed, new LendingEcho());

    network.perform(() -> {
      for (int at = 0; at < sent.length; at += CHUNK_BYTES) {
        int end = Math.min(sent.length, at + CHUNK_BYTES);
        transport.write(ByteBuffer.wrap(sent, at, end - at));
      }
    });

    fixture
        .patience()
        .until("everything must come back", () -> echoed.receivedCount() >= sent.length);
    Expect.that(
        "what comes back must be what was sent", Arrays.equals(sent, echoed.receivedBytes()));
  }

  /** Pauses, has the peer send, and resumes. */
  @Rule("17.12")
  @Hint("Keep what was received or decrypted already while reading is paused.")
  void noDataIsDeliveredWhileReadingIsPaused() {
    Transport transport = links.connect(client, server);
    fixture.patience().await("the server's connection must be made", server.made());
    network.perform(transport::pauseReading);

    network.perform(() -> server.transport().write(Network.bytes("early")));

    fixture.patience().during("no data must arrive", () -> client.received().isEmpty());
    network.perform(transport::resumeReading);
    fixture
        .patience()
        .until("the data sent in between must arrive", () -> client.received().equals("early"));
  }

  /** Pauses from within {@code dataReceived}, when more data is decrypted or could be. */
  @Rule("17.13")
  @Hint("Check before each delivery whether reading is paused.")
  void pausingInDataReceivedKeepsTheRest() {
    CountDownLatch paused = new CountDownLatch(1);
    AtomicReference<String> heard = new AtomicReference<>("");
    ProbeProtocol full =
        new ProbeProtocol(ofClient) {
          @Override
          public void dataReceived(ByteBuffer data) {
            super.dataReceived(data);
            if (paused.getCount() > 0) {
              transport().pauseReading();
              heard.set(received());
              paused.countDown();
            }
          }
        };
    Transport transport = links.connect(full, server);
    fixture.patience().await("the server's connection must be made", server.made());

    network.perform(() -> {
      for (int record = 0; record < 9; record++) {
        server.transport().write(Network.bytes("record " + record + "\n"));
      }
    });

    fixture.patience().await("the first data must arrive", paused);
    String first = heard.get();
    fixture.patience().during("no more data must arrive", () -> full.received().equals(first));
    network.perform(transport::resumeReading);
    fixture.patience().until("the rest must arrive", () -> full.received().endsWith("record 8\n"));
    Expect.equal("the number of bytes", 81, full.received().length());
  }

  /** Writes more than fits while the peer does not read, and then makes it read. */
  @Rule("17.14")
  @Hint("Count the data that waits before and after encryption.")
  @Direct("how much the system takes decides when a writer is resumed")
  void aWriterIsPausedAndResumed() {
    ProbeProtocol paced =
        new ProbeProtocol(ofClient) {
          @Override
          public void pauseWriting() {
            ofClient.add("pauseWriting");
          }

          @Override
          public void resumeWriting() {
            ofClient.add("resumeWriting");
          }
        };
    Transport transport = links.connect(paced, server);
    fixture.patience().await("the server's connection must be made", server.made());
    network.perform(server.transport()::pauseReading);

    network.perform(() -> {
      transport.setWriteBufferLimits(new WriteBufferLimits(1_000, 100_000));
      byte[] chunk = new byte[CHUNK_BYTES];
      // Far more than any system takes, because some take it only after this callback.
      for (int count = 0; count < CHUNKS; count++) {
        transport.write(chunk);
      }
    });

    ofClient.expect("the calls of the writer", "connectionMade", "pauseWriting");
    Expect.that(
        "more than the high-water mark must wait",
        network.call(transport::writeBufferSize) > 100_000);
    network.perform(server.transport()::resumeReading);
    fixture
        .patience()
        .until("the writer must be resumed", () -> ofClient.events().contains("resumeWriting"));
    ofClient.expect("the calls of the writer", "connectionMade", "pauseWriting", "resumeWriting");
  }

  /** Reads the addresses of a TLS transport. */
  @Rule("17.15")
  @Hint("Pass on the extra info of the underlying transport.")
  @Direct("compares the addresses of both ends")
  void theAddressesAreThoseOfTheUnderlyingConnection() {
    Transport transport = links.connect(client, server);
    fixture.patience().await("the server's connection must be made", server.made());

    Object local = network.call(() -> transport.extraInfo(ExtraInfo.SOCKNAME).get());
    Object peer = network.call(() -> server.transport().extraInfo(ExtraInfo.PEERNAME).get());

    Expect.equal("the client's address, as the server sees it", local, peer);
  }

  /** Sends back what arrives, through a buffer that is smaller than a record. */
  private static final class LendingEcho implements BufferedProtocol {

    private final ByteBuffer buffer = ByteBuffer.allocate(5_000);
    private @Nullable Transport transport;

    @Override
    public void connectionMade(Transport connection) {
      transport = connection;
    }

    @Override
    public ByteBuffer getBuffer(int sizeHint) {
      return buffer.clear();
    }

    @Override
    public void bufferUpdated(int byteCount) {
      if (transport != null) {
        transport.write(buffer.slice(0, byteCount));
      }
    }
  }

  /** Writes buffers whose memory was freed, at each position of a list, and then others. */
  @Rule("17.44")
  @Hint("Check all buffers before the first byte is encrypted.")
  void freedMemoryIsNotEncrypted() {
    Transport transport = links.connect(client, server);
    fixture.patience().await("the server's connection must be made", server.made());
    StringBuilder sent = new StringBuilder();
    for (int round = 0; round < 2; round++) {
      network.perform(() -> {
        ByteBuffer freed = ArenaBuffers.freed(5);
        expectRefusal("write", () -> transport.write(freed));
        expectRefusal("writeLines", () -> transport.writeLines(List.of(freed)));
        expectRefusal("writeLines", () -> transport.writeLines(List.of(freed, text())));
        expectRefusal("writeLines", () -> transport.writeLines(List.of(text(), freed)));
        expectRefusal("writeLines", () -> transport.writeLines(List.of(text(), freed, text())));
        transport.write(Network.bytes("taken"));
      });
      sent.append("taken");
      fixture
          .patience()
          .until("what is written next must arrive", () -> server.received().endsWith("taken"));
    }
    fixture.patience().until("all must arrive", () -> server.received().length() >= sent.length());
    Expect.equal("what arrives", sent.toString(), server.received());
    Expect.equal("the calls of the client", List.of("connectionMade"), ofClient.events());
  }

  private static void expectRefusal(String operation, Runnable call) {
    IllegalStateException ignored =
        Expect.thrown(
            IllegalStateException.class, operation + " of memory that was freed", call::run);
  }

  private static ByteBuffer text() {
    return ByteBuffer.wrap(Network.bytes("not to be written"));
  }
}
