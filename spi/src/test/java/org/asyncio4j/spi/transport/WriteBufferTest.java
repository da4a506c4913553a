package org.asyncio4j.spi.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WriteBufferTest {

  private final ChunkPool pool = new ChunkPool(2, ByteBuffer::allocateDirect);
  private final WriteBuffer buffer = new WriteBuffer(pool, new GatherArray());
  private final RoomyBackend backend = new RoomyBackend();

  @Test
  void keepsACopyOfItsInput() throws IOException {
    byte[] data = "before".getBytes(UTF_8);
    ByteBuffer source = ByteBuffer.wrap(data);
    buffer.append(source);
    data[0] = '#';

    buffer.writeTo(backend);

    assertThat(source.hasRemaining()).isFalse();
    assertThat(backend.sent()).isEqualTo("before");
    assertThat(buffer.isEmpty()).isTrue();
  }

  @Test
  void putsSmallPiecesBehindEachOtherInOneChunk() throws IOException {
    buffer.append(bytes("ab"));
    buffer.append(bytes("cd"));

    assertThat(buffer.size()).isEqualTo(4);
    buffer.writeTo(backend);

    assertThat(backend.calls).containsExactly("write");
    assertThat(backend.sent()).isEqualTo("abcd");
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // its memory is used after that
  void leavesNothingOfBytesThatItCouldNotCopy() throws IOException {
    ByteBuffer used = pool.take(1);
    pool.giveBack(used.put(bytes("of another connection")));
    Arena arena = Arena.ofShared();
    ByteBuffer freed = arena.allocate(21).asByteBuffer();
    arena.close();

    assertThatIllegalStateException().isThrownBy(() -> buffer.append(freed));
    assertThat(buffer.isEmpty()).isTrue();
    buffer.append(bytes("ab"));
    assertThatIllegalStateException().isThrownBy(() -> buffer.append(freed));
    buffer.append(bytes("cd"));

    assertThat(buffer.size()).isEqualTo(4);
    buffer.writeTo(backend);
    assertThat(backend.sent()).isEqualTo("abcd");
    assertThat(buffer.isEmpty()).isTrue();
  }

  @Test
  void takesNoChunkForBytesThatItCouldNotCopy() {
    ByteBuffer freed;
    try (Arena arena = Arena.ofShared()) {
      freed = arena.allocate(21).asByteBuffer();
    }

    assertThatIllegalStateException().isThrownBy(() -> buffer.append(freed));

    assertThat(pool.take(1).isDirect()).isTrue();
    assertThat(pool.take(1).isDirect()).isTrue();
  }

  @Test
  void writesSeveralChunksByOneCall() throws IOException {
    buffer.append(ByteBuffer.allocate(3 * ChunkPool.CHUNK_BYTES));

    buffer.writeTo(backend);

    assertThat(backend.calls).containsExactly("gather");
    assertThat(backend.gathered).containsExactly(3);
  }

  @Test
  void keepsTheOrderOfBytesThroughPartialWrites() throws IOException {
    Random random = new Random(42);
    byte[] expected = new byte[10 * ChunkPool.CHUNK_BYTES];
    random.nextBytes(expected);
    ByteBuffer source = ByteBuffer.wrap(expected);
    while (source.hasRemaining() || !buffer.isEmpty()) {
      int next = Math.min(source.remaining(), random.nextInt(100_000));
      buffer.append(source.slice(source.position(), next));
      source.position(source.position() + next);
      backend.room = random.nextInt(100_000);
      buffer.writeTo(backend);
      assertThat(buffer.size()).isEqualTo(source.position() - backend.sentBytes().length);
    }

    assertThat(backend.sentBytes()).isEqualTo(expected);
  }

  @Test
  void stopsGatheringAtAboutTheCapacityOfASystemCall() throws IOException {
    buffer.append(ByteBuffer.allocate(100 * ChunkPool.CHUNK_BYTES));

    buffer.writeTo(backend);

    assertThat(backend.gathered).containsExactly(GatherArray.ENOUGH_BYTES / ChunkPool.CHUNK_BYTES);
    assertThat(buffer.size()).isEqualTo(100 * ChunkPool.CHUNK_BYTES - GatherArray.ENOUGH_BYTES);
  }

  @Test
  void givesChunksBackAsSoonAsTheyAreWritten() throws IOException {
    buffer.append(ByteBuffer.allocate(2 * ChunkPool.CHUNK_BYTES));
    backend.room = ChunkPool.CHUNK_BYTES + 1;

    buffer.writeTo(backend);

    assertThat(pool.take(1).isDirect()).isTrue();
    assertThat(pool.take(1).isDirect()).isFalse();
  }

  @Test
  void givesAllChunksBackWhenItIsCleared() {
    buffer.append(ByteBuffer.allocate(2 * ChunkPool.CHUNK_BYTES));

    buffer.clear();

    assertThat(buffer.isEmpty()).isTrue();
    assertThat(pool.take(1).isDirect()).isTrue();
    assertThat(pool.take(1).isDirect()).isTrue();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
