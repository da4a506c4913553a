package org.asyncio4j.tck.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.SendableFile;
import org.asyncio4j.spi.readiness.DriverProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that the system copies, in every driver. */
@ParameterizedClass
@MethodSource("drivers")
final class SendFileSocketTest extends DriverFixture {

  private static final long FAR = 3L << 30;

  @TempDir Path directory;

  SendFileSocketTest(DriverProvider provider) {
    super(provider);
  }

  @Test
  void aFileIsCopiedFromAPositionToItsEnd() throws IOException {
    Path path = Files.writeString(directory.resolve("file"), "0123456789");
    Pair pair = connectedPair();
    try (SendableFile file = sockets().openFile(new FileRegion.OfPath(path))) {
      assertThat(pair.client().sendFile(file, 2, 3)).isEqualTo(3);
      assertThat(pair.client().sendFile(file, 5, Long.MAX_VALUE)).isEqualTo(5);
      assertThat(pair.client().sendFile(file, 10, 1)).isEqualTo(-1);
      assertThat(pair.client().sendFile(file, 11, 1)).isEqualTo(-1);
    }
    assertThat(received(pair, 8)).isEqualTo("23456789");
  }

  @Test
  void positionsBeyondTwoGigabytesAreReached() throws IOException {
    Path path = directory.resolve("sparse");
    try (FileChannel sparse =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
      assertThat(sparse.write(ByteBuffer.wrap(new byte[] {'e', 'n', 'd'}), FAR)).isEqualTo(3);
    }
    Pair pair = connectedPair();
    try (SendableFile file = sockets().openFile(new FileRegion.OfPath(path))) {
      assertThat(pair.client().sendFile(file, FAR, Long.MAX_VALUE)).isEqualTo(3);
      // More than any system copies by one call, and more than a socket takes.
      assertThat(pair.client().sendFile(file, 0, Long.MAX_VALUE)).isPositive().isLessThan(FAR);
    }
    assertThat(received(pair, 3)).isEqualTo("end");
  }

  @Test
  void aSocketThatIsFullTakesNothing() throws IOException {
    Path path = Files.write(directory.resolve("file"), new byte[1 << 20]);
    Pair pair = connectedPair();
    try (SendableFile file = sockets().openFile(new FileRegion.OfPath(path))) {
      long sent = 1;
      while (sent > 0) {
        sent = pair.client().sendFile(file, 0, 1 << 20);
      }
      assertThat(sent).isZero();
    }
  }

  private String received(Pair pair, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    Watch watch = watch(pair.server(), Interest.READ);
    while (bytes.hasRemaining()) {
      watch.count = 0;
      pollUntil(() -> watch.count > 0, "data");
      assertThat(pair.server().read(bytes)).isPositive();
    }
    return new String(bytes.array(), StandardCharsets.US_ASCII);
  }
}
