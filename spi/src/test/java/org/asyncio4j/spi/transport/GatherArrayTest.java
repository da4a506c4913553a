package org.asyncio4j.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatherArrayTest {

  private final GatherArray gather = new GatherArray();
  private final RoomyBackend backend = new RoomyBackend();

  @Test
  void passesNoMoreBuffersThanASystemCallTakes() throws IOException {
    List<ByteBuffer> sources =
        Collections.nCopies(GatherArray.MAX_BUFFERS + 1, 1).stream()
            .map(ByteBuffer::allocate)
            .toList();

    long taken = gather.write(backend, sources);

    assertThat(backend.gathered).containsExactly(GatherArray.MAX_BUFFERS);
    assertThat(taken).isEqualTo(GatherArray.MAX_BUFFERS);
    assertThat(sources.getLast().hasRemaining()).isTrue();
    assertThat(gather.tookAll()).isTrue();
  }

  @Test
  void passesNoEmptyBuffers() throws IOException {
    gather.write(backend, List.of(ByteBuffer.allocate(0), ByteBuffer.allocate(1)));

    assertThat(backend.gathered).containsExactly(1);
  }

  @Test
  void knowsWhetherTheSystemMightTakeMore() throws IOException {
    backend.room = 3;

    assertThat(gather.write(backend, List.of(ByteBuffer.allocate(4)))).isEqualTo(3);

    assertThat(gather.tookAll()).isFalse();
  }

  @Test
  void doesNotKeepTheResultOfAnEarlierCallWhenOneFails() throws IOException {
    gather.write(backend, List.of(ByteBuffer.allocate(1)));
    backend.writeFailure = new IOException("reset");

    assertThatThrownBy(() -> gather.write(backend, List.of(ByteBuffer.allocate(1))))
        .isSameAs(backend.writeFailure);

    assertThat(gather.tookAll()).isFalse();
  }
}
