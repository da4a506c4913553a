package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Optional;
import org.asyncio4j.net.socket.BaseSocket;
import org.asyncio4j.spi.RunningLoop;
import org.asyncio4j.spi.driver.PollableSocket;
import org.asyncio4j.spi.hooks.SocketHandle;

/**
 * The common part of the sockets that an application holds.
 *
 * @param <S> the kind of the driver's socket
 */
abstract sealed class DirectSocket<S extends PollableSocket> implements BaseSocket
    permits DirectStreamSocket, DirectServerSocket, DirectDatagramSocket {

  private static final Cleaner CLEANER = Cleaner.create();

  private final S socket;
  private final SocketLife life;

  DirectSocket(SocketLife life, S socket) {
    this.socket = socket;
    this.life = life;
  }

  /** Arranges for a socket to be closed when the application no longer refers to it. */
  static <W extends DirectSocket<?>> W watched(W wrapper) {
    SocketLife life = ((DirectSocket<?>) wrapper).life;
    life.register();
    var _ = wrapper.localAddress(); // the address is known from now on, to other threads too
    var _ = CLEANER.register(wrapper, life::abandoned);
    return wrapper;
  }

  /**
   * Returns the socket of this loop behind a socket of the application.
   *
   * @throws IllegalArgumentException if it belongs to another loop
   */
  static DirectSocket<?> of(ReadinessEventLoop loop, BaseSocket socket) {
    if (socket instanceof DirectSocket<?> own && own.life.loop() == loop) {
      return own;
    }
    throw new IllegalArgumentException(
        "socket must have been opened by this loop: %s; use the loop that opened it"
            .formatted(socket));
  }

  final S socket() {
    return socket;
  }

  final SocketLife life() {
    return life;
  }

  /** Reserves one direction for an operation that may wait. */
  final int begin(ReadinessSlot slot, String operation) throws IOException {
    life.loop().requireTaskFor(operation);
    life.require(operation);
    return slot.begin(operation);
  }

  /** Waits, then checks that the socket is still open. */
  final void await(ReadinessSlot slot, String operation) throws IOException {
    slot.await();
    life.require(operation);
  }

  /** Waits for a while, then checks that the socket is still open. */
  final void pause(ReadinessSlot slot, Duration pause, String operation) throws IOException {
    slot.pause(pause);
    life.require(operation);
  }

  /**
   * Detaches the socket from the application.
   *
   * @throws IllegalStateException if it is neither connected nor bound, or if it is in use
   */
  abstract SocketHandle detach() throws IOException;

  @Override
  public final boolean isOpen() {
    return life.isOpen();
  }

  @Override
  public final void close() {
    RunningLoop.ensureOwner(life.loop(), "close");
    life.close();
  }

  @Override
  public final SocketAddress localAddress() {
    return socket.localAddress();
  }

  @Override
  public final Optional<SocketAddress> remoteAddress() {
    return socket.remoteAddress();
  }

  @Override
  public final <T> T option(SocketOption<T> option) throws IOException {
    life.begin("option");
    return socket.option(option);
  }

  @Override
  public final <T> void setOption(SocketOption<T> option, T value) throws IOException {
    life.begin("setOption");
    socket.setOption(option, value);
  }

  @Override
  public final String toString() {
    return "socket %s%s"
        .formatted(localAddress(), remoteAddress().map(" -> %s"::formatted).orElse(""));
  }
}
