package org.asyncio4j.spi.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes kept between two events, and their cost. */
class TlsInputTest {

  private final TlsBuffers buffers = new TlsBuffers();
  private final TlsInput incoming = new TlsInput(buffers);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyByteComesOutOnceAndInOrder(long seed) {
    Random random = new Random(seed);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    for (int event = 0; event < 500; event++) {
      for (int reads = random.nextInt(3); reads >= 0; reads--) {
        receive(random, sent);
      }
      if (incoming.isFull() || random.nextBoolean()) {
        take(random.nextInt(incoming.unread().remaining() + 1), taken);
      }
      if (random.nextInt(4) > 0) {
        incoming.settle();
      }
    }
    take(incoming.unread().remaining(), taken);

    assertThat(taken.toByteArray()).isEqualTo(sent.toByteArray());
    assertThat(incoming.isEmpty()).isTrue();
  }

  @Test
  void nothingIsKeptOfBytesThatCannotBeCopied() {
    ByteBuffer freed;
    try (Arena arena = Arena.ofShared()) {
      freed = arena.allocate(5).asByteBuffer();
    }
    incoming.add(ByteBuffer.wrap(new byte[] {1, 2}));

    assertThatIllegalStateException().isThrownBy(() -> incoming.add(freed));
    incoming.add(ByteBuffer.wrap(new byte[] {3}));

    assertThat(incoming.unread()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
  }

  /** A buffer that grows has at most as many bytes copied as it holds in the end, and no more. */
  @Test
  void aRecordThatComesByteByByteIsNotCopiedEachTime() {
    Set<Object> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int count = 0; count < 20_000; count++) {
      incoming.room().put((byte) count);
      incoming.added(1);
      incoming.settle();
      kept.add(incoming.unread().array());
    }

    assertThat(incoming.unread().remaining()).isEqualTo(20_000);
    assertThat(kept).hasSizeLessThan(20);
    assertThat(incoming.unread().capacity()).isLessThanOrEqualTo(40_000);
  }

  @Test
  void nothingIsTakenFromThePoolBetweenEvents() {
    incoming.room().put(new byte[100]);
    incoming.added(100);
    incoming.settle();
    int idle = buffers.idle();
    ByteBuffer unused = incoming.room();
    assertThat(unused.remaining()).isPositive();
    incoming.settle();

    assertThat(buffers.idle()).isEqualTo(idle).isEqualTo(1);
    assertThat(incoming.unread().capacity()).isEqualTo(100);
  }

  @Test
  void theBuffersGoBackToThePoolOnce() {
    for (int event = 0; event < 100; event++) {
      incoming.room().put(new byte[event % 7 * 100 + 1]);
      incoming.added(event % 7 * 100 + 1);
      if (event % 2 == 0) {
        incoming.settle();
      }
      take(incoming.unread().remaining() / 2, new ByteArrayOutputStream());
    }
    incoming.release();

    assertThat(buffers.idle()).isEqualTo(1);
  }

  private void receive(Random random, ByteArrayOutputStream sent) {
    byte[] bytes = new byte[1 + random.nextInt(random.nextBoolean() ? 3 : 3_000)];
    random.nextBytes(bytes);
    sent.writeBytes(bytes);
    if (random.nextInt(10) == 0) {
      incoming.add(ByteBuffer.wrap(bytes));
      return;
    }
    incoming.room().put(bytes);
    incoming.added(bytes.length);
  }

  private void take(int count, ByteArrayOutputStream taken) {
    byte[] bytes = new byte[count];
    incoming.unread().get(bytes);
    taken.writeBytes(bytes);
  }
}
