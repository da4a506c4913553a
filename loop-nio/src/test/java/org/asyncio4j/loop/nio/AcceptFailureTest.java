package org.asyncio4j.loop.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.asyncio4j.spi.transport.ConnectionAbortedException;
import org.asyncio4j.spi.transport.ResourcesExhaustedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AcceptFailureTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Too many open files",
        "Too many open files in system",
        "No file descriptors available",
        "No buffer space available",
        "Cannot allocate memory"
      })
  void anExhaustedSystemIsRecognizedByItsMessage(String words) {
    IOException failure = new IOException(words);

    assertThat(AcceptFailure.translate(failure, true))
        .isInstanceOf(ResourcesExhaustedException.class)
        .hasMessage(words)
        .hasCause(failure);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Software caused connection abort",
        "Connection reset by peer",
        "Connection timed out",
        "Network is down",
        "Network is unreachable",
        "No route to host",
        "Host is down",
        "Protocol error",
        "Protocol not available",
        "Operation not supported",
        "Operation not permitted",
        "Machine is not on the network"
      })
  void aLostPeerIsRecognizedByTheSystemsMessage(String words) {
    assertThat(AcceptFailure.translate(new IOException(words), true))
        .isInstanceOf(ConnectionAbortedException.class)
        .hasMessage(words);
  }

  @Test
  void otherFailuresAreLeftUnchanged() {
    IOException failure = new IOException("Invalid argument");
    IOException closed = new ClosedChannelException();

    assertThat(AcceptFailure.translate(failure, true)).isSameAs(failure);
    assertThat(AcceptFailure.translate(closed, false)).isSameAs(closed);
  }
}
