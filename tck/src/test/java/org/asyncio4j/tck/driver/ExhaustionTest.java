package org.asyncio4j.tck.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.readiness.DriverProvider;
import org.asyncio4j.spi.transport.ResourcesExhaustedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A process without descriptors, with every driver. */
@ParameterizedClass
@MethodSource("drivers")
final class ExhaustionTest extends DriverFixture {

  // Filling a larger table takes too long.
  private static final int LARGEST_TABLE = 200_000;

  private final Deque<DatagramChannel> fillers = new ArrayDeque<>();

  ExhaustionTest(DriverProvider provider) {
    super(provider);
  }

  @Test
  void aConnectionWaitsWhileThereIsNoDescriptorForIt() throws IOException {
    // given: a connection that waits, and no descriptor, so that no class can be loaded any more
    ListenerSocket listener = listener();
    StreamSocket client = stream();
    client.connect(listener.localAddress());
    boolean full = fillTable();

    // when
    Throwable refused = full ? thrownByAccept(listener) : null;
    Throwable notOpened = full ? thrownByOpen() : null;
    freeTable();

    // then
    assumeTrue(full, "the table of descriptors is too large to be filled");
    assertThat(refused)
        .isInstanceOf(ResourcesExhaustedException.class)
        .hasMessageContaining("open");
    assertThat(notOpened).isInstanceOf(IOException.class);
    assertThat(listener.isOpen()).isTrue();
    assertThat(accept(listener).remoteAddress()).isPresent();
  }

  private boolean fillTable() {
    try {
      while (fillers.size() < LARGEST_TABLE) {
        fillers.add(DatagramChannel.open());
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private void freeTable() throws IOException {
    while (!fillers.isEmpty()) {
      fillers.pop().close();
    }
  }

  private static @Nullable Throwable thrownByAccept(ListenerSocket listener) {
    try {
      listener.accept();
      return null;
    } catch (IOException | LinkageError e) {
      return e;
    }
  }

  private @Nullable Throwable thrownByOpen() {
    try {
      stream(StandardProtocolFamily.INET);
      return null;
    } catch (IOException | LinkageError e) {
      return e;
    }
  }
}
