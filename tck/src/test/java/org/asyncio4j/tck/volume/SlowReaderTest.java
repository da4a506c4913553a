package org.asyncio4j.tck.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Server;
import org.asyncio4j.spi.Availability.Available;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A hundred megabytes go there and back, past a reader that is always behind, and all arrive. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowReaderTest {

  private static final long SIZE = 100L * 1024 * 1024;
  private static final int LARGEST_PIECE = 300_000;
  private static final int SEED = 126;

  @TempDir private Path directory;

  static Stream<EventLoopProvider> loops() {
    return ServiceLoader.load(EventLoopProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(found -> List.of("nio", "epoll").contains(found.name()))
        .filter(found -> found.availability() instanceof Available);
  }

  @ParameterizedTest
  @MethodSource("loops")
  void tcpLosesNothing(EventLoopProvider provider) throws Exception {
    in(
        provider,
        () -> {
          Server server = Asyncio.startServer(SlowReaderTest::echo, "127.0.0.1", 0);
          exchange(server, Asyncio.openConnection("127.0.0.1", server.port()));
        });
  }

  @ParameterizedTest
  @MethodSource("loops")
  void unixSocketsLoseNothing(EventLoopProvider provider) throws Exception {
    Path path = directory.resolve("socket");
    in(
        provider,
        () -> {
          Server server = Asyncio.startUnixServer(SlowReaderTest::echo, path);
          exchange(server, Asyncio.openUnixConnection(path));
        });
    assertThat(Files.exists(path)).isFalse();
  }

  private static void in(EventLoopProvider provider, TaskBody body) throws Exception {
    try (EventLoop loop = provider.open(LoopContext.defaults())) {
      loop.<@Nullable Void>runUntilComplete(
          loop.createTask(() -> {
            body.run();
            return null;
          }));
    }
  }

  private interface TaskBody {
    void run() throws Exception;
  }

  private static void exchange(Server server, StreamConnection connection) throws Exception {
    try (connection) {
      Task<@Nullable Void> sending =
          Asyncio.createTask(() -> {
            send(connection.writer());
            return null;
          });
      receive(connection.reader());
      sending.awaitThrowing(IOException.class);
    }
    server.close();
    server.waitClosed();
  }

  private static void send(StreamWriter writer) throws IOException {
    RandomGenerator random = new SplittableRandom(SEED);
    long high = writer.transport().writeBufferLimits().highBytes();
    for (long sent = 0; sent < SIZE; ) {
      int size = (int) Math.min(SIZE - sent, random.nextInt(1, LARGEST_PIECE));
      writer.write(Pattern.piece(sent, size));
      sent += size;
      assertThat(writer.transport().writeBufferSize()).isLessThanOrEqualTo(high + size);
      writer.drain();
    }
    writer.writeEof();
  }

  private static void receive(StreamReader reader) throws IOException {
    RandomGenerator random = new SplittableRandom(SEED + 1);
    long received = 0;
    for (byte[] piece = read(reader, random); piece.length > 0; piece = read(reader, random)) {
      Pattern.expect(received, piece);
      received += piece.length;
    }
    assertThat(received).isEqualTo(SIZE);
  }

  private static void echo(StreamReader reader, StreamWriter writer) throws IOException {
    RandomGenerator random = new SplittableRandom(SEED + 2);
    for (byte[] piece = read(reader, random); piece.length > 0; piece = read(reader, random)) {
      writer.write(piece);
      writer.drain();
    }
    writer.writeEof();
    writer.close();
  }

  /** Falls behind by a few ticks now and then. */
  private static byte[] read(StreamReader reader, RandomGenerator random) throws IOException {
    for (int ticks = random.nextInt(12) - 8; ticks > 0; ticks--) {
      Asyncio.sleep(Duration.ZERO);
    }
    return reader.read(random.nextInt(1, LARGEST_PIECE));
  }
}
