package org.asyncio4j.tck.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.stream.StreamConnection;

/** One connection of a client: some echoes, and an end of some kind. Runs in a task. */
final class Visit {

  static final Duration LIMIT = Duration.ofMinutes(3);

  private static final int MOST_BYTES = 20_000;

  private final Site site;
  private final SplittableRandom random;
  private final Duration hostileLimit;
  private final Tally tally;

  Visit(Site site, SplittableRandom random, Duration hostileLimit, Tally tally) {
    this.site = site;
    this.random = random;
    this.hostileLimit = hostileLimit;
    this.tally = tally;
  }

  void run(EventLoop loop) {
    boolean byStreams = random.nextBoolean();
    try {
      Asyncio.timeout(
          site.hostile() ? hostileLimit : LIMIT,
          () -> {
            if (byStreams) {
              useStreams();
            } else {
              useProtocol(loop);
            }
          });
      tally.count(byStreams ? "by streams" : "by protocol");
    } catch (CancelledError cancelled) {
      tally.count("cancelled");
      throw cancelled;
    } catch (IOException failure) {
      tally.count(site.hostile() ? "hurt" : "failed");
      if (!site.hostile()) {
        tally.fault("%s: %s".formatted(site, failure));
      }
    }
  }

  private void useStreams() throws IOException {
    StreamConnection streams = Asyncio.openConnection(site.options());
    try {
      for (int round = random.nextInt(4); round >= 0; round--) {
        byte[] sent = noise();
        streams.writer().write(sent);
        streams.writer().drain();
        expectEcho(sent, streams.reader().readExactly(sent.length));
      }
      switch (random.nextInt(4)) {
        case 0 -> streams.writer().transport().abort();
        case 1 -> halfClose(streams);
        case 2 -> Asyncio.sleep(Duration.ofMillis(random.nextInt(50)));
        default -> {
          streams.writer().close();
          streams.writer().waitClosed();
        }
      }
    } finally {
      streams.close();
    }
  }

  private void halfClose(StreamConnection streams) throws IOException {
    if (streams.writer().canWriteEof()) {
      byte[] last = noise();
      streams.writer().write(last);
      streams.writer().writeEof();
      expectEcho(last, streams.reader().readAll());
    }
  }

  private void useProtocol(EventLoop loop) throws IOException {
    EchoClient client = new EchoClient(loop);
    var transport = loop.createConnection(() -> client, site.options()).transport();
    try {
      for (int round = random.nextInt(4); round >= 0; round--) {
        byte[] sent = noise();
        expectEcho(sent, client.exchange(sent));
      }
      switch (random.nextInt(3)) {
        case 0 -> transport.close();
        case 1 -> {
          if (transport.canWriteEof()) {
            transport.writeEof();
            client.awaitLost();
          }
        }
        default -> Asyncio.sleep(Duration.ofMillis(random.nextInt(50)));
      }
    } finally {
      transport.abort();
    }
  }

  private void expectEcho(byte[] sent, byte[] received) throws IOException {
    int difference = Arrays.mismatch(sent, received);
    // A relay may have truncated the data; the bytes that arrived must be correct nevertheless.
    if (difference >= 0 && !(site.hostile() && difference == received.length)) {
      tally.fault(
          "%s: %d of %d bytes came back, wrong from byte %d on"
              .formatted(site, received.length, sent.length, difference));
    }
    tally.count("echoes");
  }

  private byte[] noise() {
    byte[] noise = new byte[1 + random.nextInt(MOST_BYTES)];
    random.nextBytes(noise);
    return noise;
  }
}
