package org.asyncio4j.tck.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.readiness.DriverProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** No driver passes memory to the system that was freed or belongs to another thread. */
@ParameterizedClass
@MethodSource("drivers")
@SuppressWarnings("MustBeClosedChecker") // JUnit closes it, or it stays open
final class BufferMemoryTest extends DriverFixture {

  @TempDir Path directory;

  @AutoClose private final Arena shared = Arena.ofShared();

  BufferMemoryTest(DriverProvider provider) {
    super(provider);
  }

  @Test
  void streamSocketsRefuseUnusableMemory() throws IOException {
    Pair pair = connectedPair();

    for (ByteBuffer unusable : new ByteBuffer[] {freed("no"), ofAnotherThread("no")}) {
      expectRefusal(() -> pair.client().write(unusable));
      expectRefusal(() -> pair.client().write(new ByteBuffer[] {ascii("no"), unusable}, 2));
      expectRefusal(() -> pair.client().write(new ByteBuffer[] {unusable, ascii("no")}, 2));
      pair.client().write(usable("yes"));
      pair.client().write(new ByteBuffer[] {usable("1"), ascii("2"), usable("3")}, 3);
      assertThat(readFully(pair.server(), 3)).asString(US_ASCII).isEqualTo("yes");
      expectRefusal(() -> pair.server().read(unusable));
      assertThat(readFully(pair.server(), 3)).asString(US_ASCII).isEqualTo("123");
    }
  }

  @Test
  void udpSocketsRefuseUnusableMemory() throws IOException {
    assumeTrue(provider.capabilities().contains(Capability.UDP));
    DatagramSocket receiver = udp(StandardProtocolFamily.INET);
    receiver.bind(LOOPBACK);
    DatagramSocket sender = udp(StandardProtocolFamily.INET);
    sender.connect(receiver.localAddress());

    datagramSocketsRefuseUnusableMemory(sender, receiver);
  }

  @Test
  void unixDatagramSocketsRefuseUnusableMemory() throws IOException {
    assumeTrue(provider.capabilities().contains(Capability.UNIX_DATAGRAM));
    DatagramSocket receiver = udp(StandardProtocolFamily.UNIX);
    receiver.bind(UnixDomainSocketAddress.of(directory.resolve("receiver")));
    DatagramSocket sender = udp(StandardProtocolFamily.UNIX);
    sender.connect(receiver.localAddress());

    datagramSocketsRefuseUnusableMemory(sender, receiver);
  }

  private void datagramSocketsRefuseUnusableMemory(DatagramSocket sender, DatagramSocket receiver)
      throws IOException {
    for (ByteBuffer unusable : new ByteBuffer[] {freed("no"), ofAnotherThread("no")}) {
      expectRefusal(() -> sender.send(unusable, null));
      expectRefusal(() -> sender.send(unusable, receiver.localAddress()));
      assertThat(sender.send(usable("yes"), null)).isTrue();
      Watch watch = watch(receiver, Interest.READ);
      pollUntil(() -> watch.received(Interest.READ), "a datagram");
      watch.registration.cancel();
      expectRefusal(() -> receiver.receive(unusable));

      ByteBuffer target = shared.allocate(16).asByteBuffer();
      assertThat(receiver.receive(target)).isNotNull();
      assertThat(US_ASCII.decode(target.flip()).toString()).isEqualTo("yes");
      assertThat(receiver.receive(target.clear())).isNull();
    }
  }

  private static void expectRefusal(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfAny(IllegalStateException.class, WrongThreadException.class);
  }

  private ByteBuffer usable(String text) {
    return shared.allocate(text.length()).asByteBuffer().put(ascii(text)).flip();
  }

  private static ByteBuffer freed(String text) {
    try (Arena arena = Arena.ofShared()) {
      return arena.allocate(text.length()).asByteBuffer().put(ascii(text)).flip();
    }
  }

  private static ByteBuffer ofAnotherThread(String text) {
    // The arena is never closed: only its thread could do that.
    return CompletableFuture.supplyAsync(
            () -> Arena.ofConfined().allocate(text.length()).asByteBuffer().put(ascii(text)).flip())
        .join();
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }
}
