package org.asyncio4j.tck.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;
import org.jspecify.annotations.Nullable;

/** Echo servers that hang up on clients that say nothing. */
final class EchoServers {

  private static final int PIECE_BYTES = 8_192;

  private final EventLoop loop;
  private final Duration idleLimit;
  private final Tally tally;

  EchoServers(EventLoop loop, Duration idleLimit, Tally tally) {
    this.loop = loop;
    this.tally = tally;
    this.idleLimit = idleLimit;
  }

  Server ofProtocols(ServerOptions options) throws IOException {
    return loop.createServer(Echo::new, options);
  }

  Server ofStreams(ServerOptions options) throws IOException {
    return Asyncio.startServer(this::echo, options);
  }

  private void echo(StreamReader reader, StreamWriter writer) {
    try {
      byte[] piece = Asyncio.timeout(idleLimit, () -> reader.read(PIECE_BYTES));
      while (piece.length > 0) {
        writer.write(piece);
        Asyncio.timeout(idleLimit, () -> writer.drain());
        piece = Asyncio.timeout(idleLimit, () -> reader.read(PIECE_BYTES));
      }
      writer.close();
    } catch (TimeoutException silent) {
      tally.count("idle");
      writer.transport().abort();
    } catch (IOException gone) {
      writer.transport().abort();
    }
  }

  /** Sends back what arrives, and paces its peer by its own pace. */
  private final class Echo implements Protocol {

    private @Nullable Transport transport;
    private @Nullable TimerHandle limit;

    @Override
    public void connectionMade(Transport made) {
      transport = made;
      wait(made);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      Transport open = transport;
      if (open != null) {
        wait(open);
        open.write(data);
      }
    }

    @Override
    public void pauseWriting() {
      if (transport != null) {
        transport.pauseReading();
      }
    }

    @Override
    public void resumeWriting() {
      if (transport != null) {
        transport.resumeReading();
      }
    }

    @Override
    public void connectionLost(@Nullable Throwable exception) {
      if (limit != null) {
        limit.cancel();
      }
    }

    private void wait(Transport open) {
      if (limit != null) {
        limit.cancel();
      }
      limit =
          loop.callLater(
              idleLimit,
              () -> {
                tally.count("idle");
                open.abort();
              });
    }
  }
}
