package org.asyncio4j.internal.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteQueueTest {

  private static final int STEPS = 20_000;
  private static final int MEBIBYTE = 1024 * 1024;

  private final ByteQueue queue = new ByteQueue();

  /** Appends and takes pieces of all sizes, beside a model that copies everything each time. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void behavesAsAPlainArrayDoes(long seed) {
    Random random = new Random(seed);
    byte[] model = {};
    for (int step = 0; step < STEPS; step++) {
      int count = random.nextInt(random.nextInt(50) == 0 ? 5_000 : 40);
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          byte[] data = new byte[count];
          random.nextBytes(data);
          ByteBuffer source = random.nextBoolean() ? ByteBuffer.wrap(data) : direct(data);
          queue.append(source);
          assertThat(source.hasRemaining()).isFalse();
          model = concat(model, data);
        }
        case 2 -> {
          int taken = Math.min(count, model.length);
          assertThat(queue.take(count)).isEqualTo(Arrays.copyOf(model, taken));
          model = Arrays.copyOfRange(model, taken, model.length);
        }
        case 3 -> {
          int taken = Math.min(count, model.length);
          ByteBuffer target = ByteBuffer.allocate(count + 2).position(1).limit(count + 1);
          assertThat(queue.take(target)).isEqualTo(taken);
          assertThat(target.position()).isEqualTo(1 + taken);
          assertThat(Arrays.copyOfRange(target.array(), 1, 1 + taken))
              .isEqualTo(Arrays.copyOf(model, taken));
          model = Arrays.copyOfRange(model, taken, model.length);
        }
        default -> {
          int dropped = Math.min(count, model.length);
          queue.drop(dropped);
          model = Arrays.copyOfRange(model, dropped, model.length);
        }
      }
      expectToBe(model, random);
    }
  }

  private void expectToBe(byte[] model, Random random) {
    assertThat(queue.size()).isEqualTo(model.length);
    assertThat(queue.isEmpty()).isEqualTo(model.length == 0);
    if (model.length > 0) {
      int from = random.nextInt(model.length);
      byte wanted = model[random.nextInt(model.length)];
      int expected = from;
      while (expected < model.length && model[expected] != wanted) {
        expected++;
      }
      assertThat(queue.get(from)).isEqualTo(model[from]);
      assertThat(queue.indexOf(wanted, from)).isEqualTo(expected == model.length ? -1 : expected);
    }
  }

  @Test
  void findsOnlyWholeSequences() {
    append("aabaabaac");

    assertThat(queue.indexOf(bytes("aac"), 0)).isEqualTo(6);
    assertThat(queue.indexOf(bytes("aab"), 1)).isEqualTo(3);
    assertThat(queue.indexOf(bytes("aab"), 4)).isEqualTo(-1);
    assertThat(queue.indexOf(bytes("acx"), 0)).isEqualTo(-1);
    assertThat(queue.indexOf(bytes("aabaabaacx"), 0)).isEqualTo(-1);
  }

  /** A queue of some megabytes through which gigabytes would go must not move them each time. */
  @Test
  void movesNoMoreThanWasTaken() {
    queue.append(ByteBuffer.allocate(MEBIBYTE));
    queue.append(ByteBuffer.allocate(MEBIBYTE));
    int full = queue.capacity();
    int grown = 0;
    for (int i = 0; i < 64 * 1024; i++) {
      queue.append(ByteBuffer.allocate(64));
      queue.drop(64);
      if (queue.capacity() != full) {
        full = queue.capacity();
        grown++;
      }
    }

    assertThat(queue.size()).isEqualTo(2 * MEBIBYTE);
    assertThat(queue.capacity()).isLessThanOrEqualTo(8 * MEBIBYTE);
    assertThat(grown).isLessThanOrEqualTo(2);
  }

  /** Three of four parts wait: to move them for the one that was taken is too much. */
  @Test
  void growsIfLessWasTakenThanWaits() {
    for (int i = 0; i < 4; i++) {
      queue.append(ByteBuffer.allocate(MEBIBYTE));
    }
    assertThat(queue.capacity()).isEqualTo(4 * MEBIBYTE);
    queue.drop(MEBIBYTE);

    append("more");

    assertThat(queue.capacity()).isEqualTo(8 * MEBIBYTE);
  }

  @Test
  void keepsNoLargeArrayWhenEmpty() {
    queue.append(ByteBuffer.allocate(MEBIBYTE));
    byte[] ignored = queue.take(MEBIBYTE);
    assertThat(queue.capacity()).isZero();

    append("small");
    queue.clear();
    assertThat(queue.capacity()).isPositive().isLessThanOrEqualTo(64 * 1024);
  }

  @Test
  void takesNothingFromNothing() {
    assertThat(queue.take(10)).isEmpty();
    assertThat(queue.take(ByteBuffer.allocate(10))).isZero();
    assertThat(queue.indexOf((byte) 'a', 0)).isEqualTo(-1);
  }

  private void append(String text) {
    queue.append(ByteBuffer.wrap(bytes(text)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  private static ByteBuffer direct(byte[] data) {
    return ByteBuffer.allocateDirect(data.length).put(data).flip();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }
}
