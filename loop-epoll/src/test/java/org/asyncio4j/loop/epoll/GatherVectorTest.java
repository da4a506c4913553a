package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@SuppressWarnings("MustBeClosedChecker") // its memory is used after that
final class GatherVectorTest {

  private static final int MSGHDR_IOV = 16;
  private static final int MSGHDR_IOVLEN = 24;

  private final GatherVector vector = new GatherVector(Arena.ofAuto());

  @Test
  void memoryOfOthersIsCopied() {
    try (Arena arena = Arena.ofShared()) {
      ByteBuffer shared = arena.allocate(2).asByteBuffer().put(ascii("ab")).flip();
      ByteBuffer direct = ByteBuffer.allocateDirect(2).put(ascii("cd")).flip();

      MemorySegment header = vector.fill(new ByteBuffer[] {shared, direct, ascii("ef")}, 0, 3);
      shared.put(0, ascii("##"), 0, 2);
      direct.put(0, ascii("##"), 0, 2);

      assertThat(pieces(header)).containsExactly("ab", "cd", "ef");
    }
  }

  @Test
  void memoryOfTheDriverIsNotCopied() {
    ByteBuffer ours = vector.allocate(16).put(ascii("#abcd#")).position(1).limit(5);

    MemorySegment header = vector.fill(new ByteBuffer[] {ours, ascii("ef")}, 0, 2);
    ours.put(1, (byte) 'x');

    assertThat(pieces(header)).containsExactly("xbcd", "ef");
  }

  @Test
  void freedMemoryIsRefused() {
    Arena arena = Arena.ofShared();
    ByteBuffer freed = arena.allocate(2).asByteBuffer();
    arena.close();

    assertThatThrownBy(() -> vector.fill(new ByteBuffer[] {ascii("ab"), freed}, 0, 2))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void memoryOfAnotherThreadIsRefused() {
    try (Arena arena = Arena.ofConfined()) {
      ByteBuffer confined = arena.allocate(2).asByteBuffer();

      assertThat(
              CompletableFuture.supplyAsync(
                  () -> vector.fill(new ByteBuffer[] {ascii("ab"), confined}, 0, 2)))
          .failsWithin(Duration.ofMinutes(1))
          .withThrowableThat()
          .withCauseInstanceOf(WrongThreadException.class);
    }
  }

  private static List<String> pieces(MemorySegment header) {
    long count = header.get(JAVA_LONG, MSGHDR_IOVLEN);
    MemorySegment structures = at(header.get(JAVA_LONG, MSGHDR_IOV), count * 16);
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long base = structures.get(JAVA_LONG, i * 16L);
      long length = structures.get(JAVA_LONG, i * 16L + 8);
      pieces.add(new String(at(base, length).toArray(JAVA_BYTE), US_ASCII));
    }
    return pieces;
  }

  @SuppressWarnings("restricted") // to read the memory as the kernel would
  private static MemorySegment at(long address, long size) {
    return MemorySegment.ofAddress(address).reinterpret(size);
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }
}
