package org.asyncio4j.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ReadBuffersTest {

  private final ReadBuffers buffers = new ReadBuffers();

  @Test
  void lendsTheSameBufferAgainAndAgain() {
    ByteBuffer first = buffers.lend();
    buffers.giveBack(first);

    assertThat(buffers.lend()).isSameAs(first);
  }

  @Test
  void lendsADirectBufferThatStartsOnACacheLine() {
    ByteBuffer buffer = buffers.lend();

    assertThat(buffer.isDirect()).isTrue();
    assertThat(buffer.alignmentOffset(0, 64)).isZero();
    assertThat(buffer.remaining()).isEqualTo(256 * 1024);
    assertThat(buffer.capacity()).isEqualTo(256 * 1024);
  }

  @Test
  void lendsTheBufferAsNewRegardlessOfTheLastBorrower() {
    ByteBuffer buffer = buffers.lend();
    buffer.position(3).limit(5).order(ByteOrder.LITTLE_ENDIAN);
    buffers.giveBack(buffer);

    ByteBuffer again = buffers.lend();

    assertThat(again.position()).isZero();
    assertThat(again.limit()).isEqualTo(ReadBuffers.BYTES);
    assertThat(again.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
  }

  @Test
  void lendsOtherBuffersWhileTheSharedOneIsInUse() {
    ByteBuffer parked = buffers.lend();
    ByteBuffer second = buffers.lend();
    buffers.giveBack(second);

    ByteBuffer third = buffers.lend();
    buffers.giveBack(parked);
    ByteBuffer fourth = buffers.lend();

    assertThat(second).isNotSameAs(parked);
    assertThat(second.hasRemaining()).isTrue();
    assertThat(third).isNotSameAs(parked);
    assertThat(fourth).isSameAs(parked);
  }

  @Test
  void offersRoomForTheLongestDatagramEvenIfTheBufferIsLent() {
    ByteBuffer first = buffers.lend();

    ByteBuffer second = buffers.lend(DatagramEvents.LONGEST_BYTES);

    assertThat(first.remaining()).isGreaterThanOrEqualTo(65_535);
    assertThat(second).isNotSameAs(first);
    assertThat(second.remaining()).isEqualTo(65_536);
  }
}
