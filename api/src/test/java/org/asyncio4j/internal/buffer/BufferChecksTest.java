package org.asyncio4j.internal.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("MustBeClosedChecker") // buffers outlive the method that makes them
final class BufferChecksTest {

  /** A buffer and what can be made of it. */
  private static Stream<ByteBuffer> viewsOf(ByteBuffer whole) {
    return Stream.of(
        whole,
        whole.duplicate(),
        whole.slice(1, 2),
        whole.slice(4, 4),
        whole.slice(0, 0),
        whole.duplicate().position(8),
        whole.duplicate().flip(),
        whole.asReadOnlyBuffer(),
        whole.asReadOnlyBuffer().position(8));
  }

  private static Stream<ByteBuffer> usable() {
    Arena confined = Arena.ofConfined(); // of this thread
    return Stream.of(
            ByteBuffer.allocate(8),
            ByteBuffer.wrap(new byte[20], 3, 8).slice(),
            ByteBuffer.allocateDirect(8),
            MemorySegment.ofArray(new byte[8]).asByteBuffer(),
            confined.allocate(8).asByteBuffer(),
            Arena.ofShared().allocate(8).asByteBuffer(),
            Arena.ofAuto().allocate(8).asByteBuffer(),
            Arena.global().allocate(8).asByteBuffer())
        .flatMap(BufferChecksTest::viewsOf);
  }

  @ParameterizedTest
  @MethodSource("usable")
  void memoryThatIsNeverFreedIsAccepted(ByteBuffer buffer) {
    int position = buffer.position();
    int limit = buffer.limit();

    BufferChecks.requireReadable(buffer, "write");
    if (!buffer.isReadOnly()) {
      BufferChecks.requireWritable(buffer, "receive");
    }

    assertThat(buffer.position()).isEqualTo(position);
    assertThat(buffer.limit()).isEqualTo(limit);
  }

  private static Stream<ByteBuffer> freed() {
    Arena shared = Arena.ofShared();
    Arena confined = Arena.ofConfined();
    ByteBuffer one = shared.allocate(8).asByteBuffer();
    ByteBuffer two = confined.allocate(8).asByteBuffer();
    shared.close();
    confined.close();
    return Stream.of(one, two).flatMap(BufferChecksTest::viewsOf);
  }

  @ParameterizedTest
  @MethodSource("freed")
  void freedMemoryIsRefused(ByteBuffer buffer) {
    assertThatIllegalStateException()
        .isThrownBy(() -> BufferChecks.requireReadable(buffer, "sendTo"))
        .withMessage(
            "cannot call sendTo: the memory of %s was freed; keep its arena open until sendTo"
                + " returns",
            buffer);
  }

  private static Stream<ByteBuffer> ofAnotherThread() {
    return viewsOf(
        CompletableFuture.supplyAsync(() -> Arena.ofConfined().allocate(8).asByteBuffer()).join());
  }

  @ParameterizedTest
  @MethodSource("ofAnotherThread")
  void memoryOfAnotherThreadIsRefused(ByteBuffer buffer) {
    assertThatExceptionOfType(WrongThreadException.class)
        .isThrownBy(() -> BufferChecks.requireReadable(buffer, "sendTo"))
        .withMessage(
            "cannot call sendTo: the memory of %s belongs to another thread; allocate it in"
                + " Arena.ofShared() or Arena.ofAuto()",
            buffer);
  }

  @Test
  void aReadOnlyBufferIsRefusedForReceiving() {
    ByteBuffer buffer = ByteBuffer.allocate(8).asReadOnlyBuffer();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BufferChecks.requireWritable(buffer, "receive"))
        .withMessage("cannot call receive: %s is read-only; pass a writable buffer", buffer);
  }

  @Test
  void aLentBufferHasUsableRoom() {
    ByteBuffer room = ByteBuffer.allocateDirect(8);
    assertThat(BufferChecks.requireRoom(room)).isSameAs(room);

    for (ByteBuffer unusable :
        new ByteBuffer[] {
          ByteBuffer.allocate(0), room.asReadOnlyBuffer(), freed().findFirst().get()
        }) {
      assertThatIllegalStateException().isThrownBy(() -> BufferChecks.requireRoom(unusable));
    }
    assertThatExceptionOfType(WrongThreadException.class)
        .isThrownBy(() -> BufferChecks.requireRoom(ofAnotherThread().findFirst().get()));
  }
}
