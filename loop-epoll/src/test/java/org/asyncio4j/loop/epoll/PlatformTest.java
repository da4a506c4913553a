package org.asyncio4j.loop.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlatformTest {

  @Test
  void aFunctionThatLibcLacksIsTheReason() {
    assertThat(
            Platform.problemOf(() -> {
              throw new UnsatisfiedLinkError("libc has no epoll_wait");
            }))
        .get()
        .asString()
        .contains("cannot call libc", "libc has no epoll_wait");
  }

  @Test
  void theReasonIsThatOfTheInitializerThatFailed() {
    assertThat(
            Platform.problemOf(() -> {
              throw new ExceptionInInitializerError(
                  new UnsupportedOperationException("no linker here"));
            }))
        .get()
        .asString()
        .contains("no linker here");
  }

  @Test
  void callsThatAreLinkedAreNoProblem() {
    assertThat(Platform.problemOf(() -> {})).isEmpty();
  }
}
