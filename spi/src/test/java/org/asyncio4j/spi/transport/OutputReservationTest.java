package org.asyncio4j.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writing while the output of a transport is reserved. */
class OutputReservationTest {

  private static final Protocol IGNORING = data -> {};

  private final IdleLoop loop = new IdleLoop();
  private final RoomyBackend backend = new RoomyBackend();
  private final StreamEngine engine =
      StreamEngine.open(
          loop,
          TransportResources.create(ByteBuffer::allocateDirect),
          new SocketTransportRequest(
              new FakeSocket(), IGNORING, Optional.empty(), Optional.empty(), Context.empty()),
          events -> backend);

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  @Test
  void closingItAgainEndsNoOther() {
    OutputReservation first = engine.reserveOutput();
    first.close();
    OutputReservation second = engine.reserveOutput();

    first.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> engine.write(new byte[1]))
        .withMessageContaining("sendFile is in progress");
    second.close();
    engine.write(new byte[1]);
    assertThat(backend.sentBytes()).hasSize(1);
  }
}
