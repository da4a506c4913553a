package org.asyncio4j.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Random;
import org.asyncio4j.net.WriteBufferLimits;
import org.junit.jupiter.api.Test;

class SendQueueTest {

  private final SendQueue queue = new SendQueue();

  @Test
  void countsAHeaderForEachDatagramAndComesBackToNothing() {
    queue.add(bytes("abc"), FakeSocket.PEER);
    queue.add(bytes(""), null);

    assertThat(queue.size()).isEqualTo(3 + 8 + 8);

    queue.removeFirst();
    assertThat(queue.size()).isEqualTo(8);
    assertThat(queue.isEmpty()).isFalse();
    queue.removeFirst();
    assertThat(queue.size()).isZero();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void releasesTheCostOfADatagramThoughItsPositionChanged() {
    queue.add(bytes("abc"), null);
    ByteBuffer data = queue.first().data();
    data.position(data.limit());

    queue.removeFirst();

    assertThat(queue.size()).isZero();
  }

  @Test
  void keepsACopyInOrder() {
    byte[] array = {'a'};
    ByteBuffer given = ByteBuffer.wrap(array);
    queue.add(given, FakeSocket.PEER);
    queue.add(bytes("b"), null);
    array[0] = 'x';

    assertThat(given.hasRemaining()).isFalse();
    assertThat(StandardCharsets.UTF_8.decode(queue.first().data()).toString()).isEqualTo("a");
    assertThat(queue.first().to()).isEqualTo(FakeSocket.PEER);
    queue.removeFirst();
    assertThat(StandardCharsets.UTF_8.decode(queue.first().data()).toString()).isEqualTo("b");
  }

  @Test
  void forgetsEverythingAtOnce() {
    queue.add(bytes("abc"), null);
    queue.clear();

    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.size()).isZero();
    queue.removeFirst();
    assertThat(queue.size()).isZero();
  }

  @Test
  void pausesAndResumesAlwaysAlternate() {
    Random random = new Random(42);
    FlowControl flow = new FlowControl();
    flow.setLimits(new WriteBufferLimits(100, 400));
    boolean paused = false;
    int changes = 0;
    long expected = 0;
    ArrayDeque<Integer> lengths = new ArrayDeque<>();
    for (int i = 0; i < 10_000; i++) {
      if (random.nextInt(5) < 3) {
        int length = random.nextInt(60);
        queue.add(ByteBuffer.allocate(length), null);
        lengths.add(length);
        expected += length + 8;
        if (flow.pausesAt(queue.size())) {
          assertThat(paused).isFalse();
          paused = true;
          changes++;
        }
      } else if (!lengths.isEmpty()) {
        queue.removeFirst();
        expected -= lengths.remove() + 8;
        if (flow.resumesAt(queue.size())) {
          assertThat(paused).isTrue();
          paused = false;
          changes++;
        }
      }
      assertThat(queue.size()).isEqualTo(expected);
      if (i % 500 == 499) {
        while (!lengths.isEmpty()) {
          queue.removeFirst();
          expected -= lengths.remove() + 8;
        }
        assertThat(queue.size()).isZero();
        if (flow.resumesAt(0)) {
          paused = false;
          changes++;
        }
        assertThat(paused).isFalse();
      }
    }
    assertThat(changes).isGreaterThan(10);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
