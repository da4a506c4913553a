package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatherArrayTest {

  private final GatherArray gather = new GatherArray();
  private final ScriptedStream socket = new ScriptedStream();

  @Test
  void passesNoMoreBuffersThanASystemCallTakes() throws IOException {
    List<ByteBuffer> sources =
        Collections.nCopies(GatherArray.MAX_BUFFERS + 1, 1).stream()
            .map(ByteBuffer::allocate)
            .toList();

    long taken = gather.write(socket, sources);

    assertThat(socket.gathered).containsExactly(GatherArray.MAX_BUFFERS);
    assertThat(taken).isEqualTo(GatherArray.MAX_BUFFERS);
    assertThat(sources.getLast().hasRemaining()).isTrue();
    assertThat(gather.tookAll()).isTrue();
  }

  @Test
  void passesNoEmptyBuffers() throws IOException {
    gather.write(socket, List.of(ByteBuffer.allocate(0), ByteBuffer.allocate(1)));

    assertThat(socket.gathered).containsExactly(1);
  }

  @Test
  void tellsWhetherTheSystemMightTakeMore() throws IOException {
    socket.room = 3;

    assertThat(gather.write(socket, List.of(ByteBuffer.allocate(4)))).isEqualTo(3);

    assertThat(gather.tookAll()).isFalse();
  }

  @Test
  void doesNotRememberTheAnswerOfAnEarlierCallWhenOneFails() throws IOException {
    gather.write(socket, List.of(ByteBuffer.allocate(1)));
    socket.writeFailure = new IOException("reset");

    assertThatThrownBy(() -> gather.write(socket, List.of(ByteBuffer.allocate(1))))
        .isSameAs(socket.writeFailure);

    assertThat(gather.tookAll()).isFalse();
  }
}
