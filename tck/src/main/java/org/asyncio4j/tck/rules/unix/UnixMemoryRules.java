package org.asyncio4j.tck.rules.unix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.Asyncio;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.socket.AsyncDatagramSocket;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.ArenaBuffers;
import org.asyncio4j.tck.probe.DatagramProbe;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.UnixDatagrams;

/** Chapter 19, part five: the memory of datagrams that wait for their receiver. */
@Requires(Capability.UNIX_DATAGRAM)
final class UnixMemoryRules {

  private static final String RECEIVER = "receiver";

  private final LoopFixture fixture;
  private final UnixDatagrams unix;
  private final DatagramProbe receiving = new DatagramProbe();
  private final SocketAddress address;

  UnixMemoryRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.unix = new UnixDatagrams(fixture);
    this.address = unix.address(RECEIVER);
  }

  /**
   * While datagrams wait, sends memory that is freed afterwards, and memory that was freed before.
   */
  @Rule("19.33")
  @Hint("Copy datagrams that wait, and check the buffer before that.")
  void memoryMayBeFreedOnceItsDatagramIsQueued() {
    DatagramTransport receiver = pausedReceiver();
    DatagramTransport sender = unix.bound(new DatagramProbe(), "sender");
    List<String> expected = new ArrayList<>(List.of("connectionMade"));
    expected.addAll(unix.fill(sender, address));

    unix.act(() -> {
      Arena arena = ArenaBuffers.ofAllThreads();
      sender.sendTo(ArenaBuffers.of(arena, "queued"), address);
      ArenaBuffers.free(arena, "sendTo");
      IllegalStateException _ =
          Expect.thrown(
              IllegalStateException.class,
              "sendTo with freed memory behind others",
              () -> sender.sendTo(ArenaBuffers.freed(6), address));
      sender.sendTo(ByteBuffer.wrap(Network.bytes("last")), address);
      receiver.resumeReading();
    });

    expected.addAll(List.of("queued", "last"));
    unix.await(receiving, "last");
    Expect.that(
        "datagrams must arrive as they were when they were sent",
        receiving.trace().events().equals(expected));
  }

  /** Closes the arena of a datagram that waits in {@code sendTo}, and makes the receiver read. */
  @Rule("19.34")
  @Hint("Check the buffer at each attempt.")
  @Requires(Capability.SOCKETS)
  void aSendToWhoseMemoryIsFreedSendsNothing() throws IOException {
    DatagramTransport receiver = pausedReceiver();
    AsyncDatagramSocket socket =
        unix.running().call(() -> unix.loop().openDatagramSocket(StandardProtocolFamily.UNIX));
    fixture.onClose(socket::close);
    AtomicInteger sent = new AtomicInteger();
    AtomicReference<Arena> current = new AtomicReference<>(Arena.global());
    CompletableFuture<Object> sending =
        Asyncio.runCoroutineThreadsafe(
            () -> {
              while (true) {
                current.set(ArenaBuffers.ofAllThreads());
                ByteBuffer data =
                    ArenaBuffers.of(current.get(), UnixDatagrams.numbered(sent.get()));
                socket.sendTo(data, address);
                ArenaBuffers.free(current.get(), "sendTo");
                sent.incrementAndGet();
              }
            },
            unix.loop());
    unix.awaitStandstill(sent);

    ArenaBuffers.freeMeanwhile(current.get(), fixture.patience());
    unix.act(receiver::resumeReading);
    fixture.patience().until("sendTo must fail when its memory was freed", sending::isDone);
    Expect.that(
        "sendTo must fail with IllegalStateException when its memory was freed",
        sending.isCompletedExceptionally()
            && sending.exceptionNow() instanceof IllegalStateException);
    unix.running().runTask(() -> socket.sendTo(ByteBuffer.wrap(Network.bytes("last")), address));

    unix.await(receiving, "last");
    Expect.equal(
        "the number of datagrams that arrive",
        sent.get() + 1,
        receiving.trace().events().size() - 1);
    unix.act(socket::close);
  }

  private DatagramTransport pausedReceiver() {
    DatagramTransport receiver = unix.bound(receiving, RECEIVER);
    unix.act(receiver::pauseReading);
    return receiver;
  }
}
