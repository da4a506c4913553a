package org.asyncio4j.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenSocketsTest {

  private final OpenSockets sockets = new OpenSockets();

  @Test
  void closesUnclaimedSockets() {
    FakeSocket socket = new FakeSocket();
    sockets.add(socket);

    sockets.closeAll();
    sockets.closeAll();

    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void leavesTheClosingOfAClaimedSocketToItsOwner() {
    FakeSocket socket = new FakeSocket();
    List<String> released = new ArrayList<>();
    sockets.add(socket);
    sockets.claim(socket, () -> released.add("released"));

    sockets.closeAll();

    assertThat(released).containsExactly("released");
    assertThat(socket.closes).isZero();
  }

  @Test
  void aSocketHasOneOwner() {
    FakeSocket socket = new FakeSocket();
    sockets.claim(socket, socket::close);

    assertThatIllegalStateException()
        .isThrownBy(() -> sockets.claim(socket, socket::close))
        .withMessageContaining("it has one already");
  }

  @Test
  void aSocketCanBeHandedOn() {
    FakeSocket socket = new FakeSocket();
    List<String> released = new ArrayList<>();
    sockets.claim(socket, () -> released.add("connecting"));
    sockets.add(socket);
    sockets.claim(socket, () -> released.add("transport"));

    sockets.closeAll();

    assertThat(released).containsExactly("transport");
  }

  @Test
  void forgetsSocketsThatWereRemoved() {
    FakeSocket socket = new FakeSocket();
    sockets.add(socket);
    sockets.remove(socket);

    sockets.closeAll();

    assertThat(socket.closes).isZero();
  }

  @Test
  void doesNotCollectSocketsThatTheirReceiversHaveClosed() {
    List<FakeSocket> closed = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      FakeSocket socket = new FakeSocket();
      sockets.add(socket);
      socket.close();
      closed.add(socket);
    }
    FakeSocket open = new FakeSocket();
    sockets.add(open);

    sockets.closeAll();

    assertThat(closed.stream().filter(socket -> socket.closes == 2)).hasSizeLessThan(100);
    assertThat(open.closes).isEqualTo(1);
  }
}
