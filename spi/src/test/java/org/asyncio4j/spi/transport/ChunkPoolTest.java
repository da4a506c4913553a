package org.asyncio4j.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ChunkPoolTest {

  @Test
  void lendsAChunkAgainThatWasGivenBack() {
    ChunkPool pool = new ChunkPool(1, ByteBuffer::allocateDirect);
    ByteBuffer first = pool.take(1);
    first.position(7).limit(9);
    pool.giveBack(first);

    ByteBuffer second = pool.take(1);

    assertThat(second).isSameAs(first);
    assertThat(second.position()).isZero();
    assertThat(second.remaining()).isEqualTo(ChunkPool.CHUNK_BYTES);
  }

  @Test
  void takesABoundedNumberOfChunksFromOutsideTheHeap() {
    ChunkPool pool = new ChunkPool(2, ByteBuffer::allocateDirect);

    assertThat(pool.take(1).isDirect()).isTrue();
    assertThat(pool.take(1).isDirect()).isTrue();
    assertThat(pool.take(1).isDirect()).isFalse();
  }

  @Test
  void sizesAChunkOfTheHeapByItsContent() {
    ChunkPool pool = new ChunkPool(0, ByteBuffer::allocateDirect);

    assertThat(pool.take(1).capacity()).isEqualTo(1024);
    assertThat(pool.take(5000).capacity()).isEqualTo(5000);
    assertThat(pool.take(Long.MAX_VALUE).capacity()).isEqualTo(ChunkPool.CHUNK_BYTES);
  }

  @Test
  void leavesChunksOfTheHeapToTheCollector() {
    ChunkPool pool = new ChunkPool(0, ByteBuffer::allocateDirect);
    ByteBuffer chunk = pool.take(1);
    pool.giveBack(chunk);

    assertThat(pool.take(1)).isNotSameAs(chunk);
  }
}
