package org.asyncio4j.tck.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.readiness.DriverProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Non-blocking TCP calls of every driver. */
@ParameterizedClass
@MethodSource("drivers")
final class StreamSocketTest extends DriverFixture {

  // More than a driver copies at once, and less than the system takes.
  private static final int LARGE = 600_000;

  StreamSocketTest(DriverProvider provider) {
    super(provider);
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return bytes;
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  @Test
  void aLargeArrayIsWrittenAsFarAsTheSystemTakesIt() throws IOException {
    Pair pair = connectedPair();
    byte[] large = pattern(LARGE);
    ByteBuffer source = ByteBuffer.wrap(large);

    int written = pair.client().write(source);

    assertThat(written).isEqualTo(LARGE).isEqualTo(source.position());
    assertThat(readFully(pair.server(), LARGE)).isEqualTo(large);
  }

  @Test
  void largeArraysAreGatheredAsFarAsTheSystemTakesThem() throws IOException {
    Pair pair = connectedPair();
    byte[] large = pattern(LARGE);
    ByteBuffer[] sources = {
      ByteBuffer.wrap(large, 0, 10),
      ByteBuffer.wrap(large, 10, 200_000),
      direct(Arrays.copyOfRange(large, 200_010, 200_020)),
      ByteBuffer.wrap(large, 200_020, LARGE - 200_020)
    };

    long written = pair.client().write(sources, sources.length);

    assertThat(written).isEqualTo(LARGE);
    assertThat(sources).allMatch(source -> !source.hasRemaining());
    assertThat(readFully(pair.server(), LARGE)).isEqualTo(large);
  }

  @Test
  void aConnectedPairKnowsBothAddresses() throws IOException {
    Pair pair = connectedPair();

    assertThat(pair.client().remoteAddress()).contains(pair.server().localAddress());
    assertThat(pair.server().remoteAddress()).contains(pair.client().localAddress());
    assertThat(((InetSocketAddress) pair.client().localAddress()).getPort()).isPositive();
  }

  @Test
  void addressesOutliveTheSocket() throws IOException {
    Pair pair = connectedPair();
    SocketAddress remote = pair.server().remoteAddress().orElseThrow();

    pair.client().close();
    pair.server().close();

    assertThat(pair.client().localAddress()).isEqualTo(remote);
    assertThat(pair.server().remoteAddress()).contains(remote);
  }

  @Test
  void anUnboundSocketHasAnAddressAndNoPeer() throws IOException {
    StreamSocket socket = stream();

    assertThat(((InetSocketAddress) socket.localAddress()).getPort()).isZero();
    assertThat(socket.remoteAddress()).isEmpty();
  }

  @Test
  void aClientConnectsFromTheAddressItIsBoundTo() throws IOException {
    ListenerSocket listener = listener();
    StreamSocket client = stream();

    client.bind(LOOPBACK);
    SocketAddress bound = client.localAddress();
    client.connect(listener.localAddress());

    assertThat(accept(listener).remoteAddress()).contains(bound);
  }

  @Test
  void aRefusedConnectIsAConnectException() throws IOException {
    SocketAddress nobody = refusingAddress();
    StreamSocket client = stream();

    assertThatThrownBy(
            () -> {
              client.connect(nobody);
              finishConnect(client);
            })
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void aConnectInProgressIsNotFinished() throws IOException {
    // given: a listener whose queue is full, so that no further handshake ends
    ListenerSocket listener = unboundListener(StandardProtocolFamily.INET);
    listener.bind(LOOPBACK, 1);
    listener.listen(1);
    StreamSocket pending = null;
    for (int i = 0; i < 8 && pending == null; i++) {
      StreamSocket client = stream();
      if (!client.connect(listener.localAddress()) && !client.finishConnect()) {
        pending = client;
      }
    }

    assertThat(pending).isNotNull();
    assertThat(pending.finishConnect()).isFalse();
    assertThat(pending.remoteAddress()).isEmpty();
  }

  @Test
  void nothingToReadIsZero() throws IOException {
    assertThat(connectedPair().client().read(ByteBuffer.allocate(10))).isZero();
    assertThat(connectedPair().client().read(ByteBuffer.allocateDirect(10))).isZero();
  }

  @Test
  void buffersOfAllKindsAreWrittenFromTheirPosition() throws IOException {
    Pair pair = connectedPair();
    ByteBuffer heap = ascii("..heap!").position(2).limit(6);
    ByteBuffer readOnly = ascii("..only").position(2).slice().asReadOnlyBuffer();
    ByteBuffer off = direct("..direct".getBytes(US_ASCII)).position(2);

    assertThat(pair.client().write(heap)).isEqualTo(4);
    assertThat(pair.client().write(readOnly)).isEqualTo(4);
    assertThat(pair.client().write(off)).isEqualTo(6);

    assertThat(heap.position()).isEqualTo(6);
    assertThat(readOnly.hasRemaining()).isFalse();
    assertThat(off.hasRemaining()).isFalse();
    assertThat(readFully(pair.server(), 14)).asString(US_ASCII).isEqualTo("heaponlydirect");
  }

  @Test
  void buffersOfAllKindsAreFilledFromTheirPosition() throws IOException {
    Pair pair = connectedPair();
    ByteBuffer heap = ByteBuffer.allocate(12).position(2).slice().position(1).limit(5);
    ByteBuffer off = ByteBuffer.allocateDirect(8).position(3);
    pair.client().write(ascii("heapoff"));
    Watch watch = watch(pair.server(), Interest.READ);
    pollUntil(() -> watch.count > 0, "bytes");

    assertThat(pair.server().read(heap)).isEqualTo(4);
    assertThat(pair.server().read(off)).isEqualTo(3);

    assertThat(heap.position()).isEqualTo(5);
    assertThat(off.position()).isEqualTo(6);
    assertThat((char) heap.get(1)).isEqualTo('h');
    assertThat((char) off.get(3)).isEqualTo('o');
  }

  @Test
  void emptyBuffersMoveNothing() throws IOException {
    Pair pair = connectedPair();
    pair.client().write(ascii("x"));
    Watch watch = watch(pair.server(), Interest.READ);
    pollUntil(() -> watch.count > 0, "a byte");
    watch.registration.cancel();

    assertThat(pair.server().read(ByteBuffer.allocate(0))).isZero();
    assertThat(pair.client().write(ByteBuffer.allocate(0))).isZero();
    assertThat(pair.client().write(new ByteBuffer[] {ByteBuffer.allocate(0)}, 1)).isZero();
    assertThat(readFully(pair.server(), 1)).asString(US_ASCII).isEqualTo("x");
  }

  @Test
  void theEndOfTheStreamIsMinusOneAgainAndAgain() throws IOException {
    Pair pair = connectedPair();
    pair.client().close();

    assertThat(readFully(pair.server(), 1)).isEmpty();
    assertThat(pair.server().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    assertThat(pair.server().read(ByteBuffer.allocateDirect(1))).isEqualTo(-1);
  }

  @Test
  void aResetConnectionIsAnIoException() throws IOException {
    Pair pair = connectedPair();
    reset(pair.client());

    assertThatThrownBy(() -> readFully(pair.server(), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void writingToAPeerThatIsGoneIsAnIoExceptionAndNoSignal() throws IOException {
    Pair pair = connectedPair();
    reset(pair.client());
    Watch watch = watch(pair.server(), Interest.READ);
    pollUntil(() -> watch.count > 0, "the reset");

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 2; i++) {
                pair.server().write(ascii("x"));
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void theOutputEndsWhileTheInputContinues() throws IOException {
    Pair pair = connectedPair();
    pair.client().write(ascii("last"));
    pair.client().shutdownOutput();

    assertThat(readFully(pair.server(), 5)).asString(US_ASCII).isEqualTo("last");
    pair.server().write(ascii("answer"));
    assertThat(readFully(pair.client(), 6)).asString(US_ASCII).isEqualTo("answer");
    assertThatThrownBy(() -> pair.client().write(ascii("x"))).isInstanceOf(IOException.class);
  }

  @Test
  void moreBuffersThanTheSystemTakesAtOnceAreWrittenInOrder() throws IOException {
    Pair pair = connectedPair();
    byte[] expected = pattern(3000 * 7);
    ByteBuffer[] sources =
        IntStream.range(0, 3000)
            .mapToObj(i -> ByteBuffer.wrap(expected, i * 7, 7))
            .map(heap -> heap.get(heap.position()) % 2 == 0 ? heap : offHeap(heap))
            .toArray(ByteBuffer[]::new);

    int written = 0;
    for (int first = 0; first < sources.length; ) {
      ByteBuffer[] rest = Arrays.copyOfRange(sources, first, sources.length);
      long taken = pair.client().write(rest, rest.length);
      assertThat(taken).isPositive();
      written += (int) taken;
      while (first < sources.length && !sources[first].hasRemaining()) {
        first++;
      }
    }

    assertThat(written).isEqualTo(expected.length);
    assertThat(readFully(pair.server(), expected.length)).isEqualTo(expected);
  }

  private static ByteBuffer offHeap(ByteBuffer heap) {
    return ByteBuffer.allocateDirect(heap.remaining()).put(heap).flip();
  }

  @Test
  void onlyTheCountedBuffersAreWritten() throws IOException {
    Pair pair = connectedPair();
    ByteBuffer[] sources = {ascii("a"), direct("b".getBytes(US_ASCII)), ascii("c"), null};

    assertThat(pair.client().write(sources, 2)).isEqualTo(2);

    assertThat(sources[2].remaining()).isEqualTo(1);
    assertThat(readFully(pair.server(), 2)).asString(US_ASCII).isEqualTo("ab");
  }

  @Test
  void aFullSystemTakesPartAndThenNothingUntilThePeerReads() throws IOException {
    // given: a writer that filled all buffers of the system
    Pair pair = connectedPair();
    byte[] expected = pattern(64 * 1024 * 1024);
    ByteBuffer source = ByteBuffer.wrap(expected);
    for (int taken = 1; taken > 0; ) {
      int position = source.position();
      taken = pair.client().write(source);
      assertThat(source.position()).isEqualTo(position + taken);
    }
    assertThat(source.hasRemaining()).isTrue();
    Watch watch = watch(pair.client(), Interest.WRITE);
    poller().poll(0);
    assertThat(watch.count).isZero();

    // when the peer reads
    assertThat(readFully(pair.server(), source.position())).startsWith(expected[0], expected[1]);

    // then there is room again
    pollUntil(() -> watch.received(Interest.WRITE), "room to write");
    assertThat(pair.client().write(source)).isPositive();
  }

  @Test
  void aGatheringWriteMayBePartial() throws IOException {
    Pair pair = connectedPair();
    byte[] expected = pattern(32 * 1024 * 1024);
    ByteBuffer[] sources = {
      ByteBuffer.wrap(expected, 0, 100),
      direct(Arrays.copyOfRange(expected, 100, 9_000_000)),
      ByteBuffer.wrap(expected, 9_000_000, expected.length - 9_000_000)
    };

    long written = pair.client().write(sources, 3);

    long moved =
        sources[0].position() + sources[1].position() + (sources[2].position() - 9_000_000L);
    assertThat(written).isEqualTo(moved).isPositive().isLessThan(expected.length);
    assertThat(readFully(pair.server(), (int) written))
        .isEqualTo(Arrays.copyOf(expected, (int) written));
  }

  @Test
  void optionsAreRead() throws IOException {
    StreamSocket socket = stream();

    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    socket.setOption(StandardSocketOptions.SO_LINGER, 7);
    socket.setOption(StandardSocketOptions.SO_SNDBUF, 65536);
    socket.setOption(StandardSocketOptions.SO_RCVBUF, 65536);

    assertThat(socket.option(StandardSocketOptions.TCP_NODELAY)).isTrue();
    assertThat(socket.option(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
    assertThat(socket.option(StandardSocketOptions.SO_REUSEADDR)).isTrue();
    assertThat(socket.option(StandardSocketOptions.SO_LINGER)).isEqualTo(7);
    assertThat(socket.option(StandardSocketOptions.SO_SNDBUF)).isGreaterThanOrEqualTo(65536);
    assertThat(socket.option(StandardSocketOptions.SO_RCVBUF)).isGreaterThanOrEqualTo(65536);
    socket.setOption(StandardSocketOptions.SO_LINGER, -1);
    assertThat(socket.option(StandardSocketOptions.SO_LINGER)).isEqualTo(-1);
  }

  @Test
  void anUnknownOptionIsNamed() throws IOException {
    StreamSocket socket = stream();

    assertThatThrownBy(() -> socket.option(StandardSocketOptions.IP_MULTICAST_TTL))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("IP_MULTICAST_TTL");
    assertThatThrownBy(() -> socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("IP_MULTICAST_TTL");
  }

  @Test
  void aClosedSocketRefusesAllOperations() throws IOException {
    StreamSocket socket = connectedPair().client();
    socket.close();

    assertThat(socket.isOpen()).isFalse();
    assertThatThrownBy(() -> socket.read(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> socket.write(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> socket.write(new ByteBuffer[] {ByteBuffer.allocate(1)}, 1))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(socket::shutdownOutput).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> socket.option(StandardSocketOptions.SO_SNDBUF))
        .isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void closingTwiceDoesNotCloseTheNextOwnerOfTheDescriptor() throws IOException {
    StreamSocket first = stream();
    first.close();
    Pair next = connectedPair();

    first.close();

    next.client().write(ascii("alive"));
    assertThat(readFully(next.server(), 5)).asString(US_ASCII).isEqualTo("alive");
  }
}
