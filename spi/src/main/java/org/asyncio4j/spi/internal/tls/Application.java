package org.asyncio4j.spi.internal.tls;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The protocol above TLS: passes decrypted data to it, keeps data that it does not want yet, and
 * reports its exceptions. It is not called before it has the connection; until then a former
 * protocol, if there is one, is notified of the loss.
 */
final class Application {

  /** Thrown if a call of the protocol has thrown and the connection cannot continue. */
  static final class CallFailed extends Exception {

    private static final long serialVersionUID = 1L;

    CallFailed(String message, Throwable cause) {
      super(message, cause);
    }

    /** {@return the exception that the protocol threw} */
    Throwable thrown() {
      Throwable thrown = getCause();
      return thrown == null ? this : thrown;
    }
  }

  private static final Logger LOGGER = System.getLogger("org.asyncio4j");
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final EventLoop loop;
  private final Optional<StreamProtocol> former;
  private StreamProtocol protocol;
  private ByteBuffer backlog = NOTHING;
  private boolean listens;

  Application(EventLoop loop, TlsSetup setup) {
    this.loop = loop;
    this.protocol = setup.protocol();
    this.former = setup.former();
  }

  /** {@return whether the protocol has the connection} */
  boolean listens() {
    return listens;
  }

  /** Gives the protocol a connection that another protocol had. */
  void takeOver() {
    listens = true;
  }

  StreamProtocol protocol() {
    return protocol;
  }

  void setProtocol(StreamProtocol changed) {
    protocol = changed;
  }

  boolean hasBacklog() {
    return backlog.hasRemaining();
  }

  /** Delivers data that the protocol did not want earlier. */
  void deliverBacklog(BooleanSupplier wanted) throws CallFailed {
    ByteBuffer old = backlog;
    backlog = NOTHING;
    deliver(old, wanted);
  }

  /**
   * Delivers data, and keeps the part that is not wanted.
   *
   * @param data the data; all of it is taken
   * @param wanted whether the protocol wants more data
   * @throws CallFailed if the protocol throws
   */
  void deliver(ByteBuffer data, BooleanSupplier wanted) throws CallFailed {
    while (data.hasRemaining() && wanted.getAsBoolean()) {
      switch (protocol) {
        case Protocol listener -> hand(listener, data);
        case BufferedProtocol lender -> copy(lender, data, wanted);
      }
    }
    if (data.hasRemaining()) {
      backlog = ByteBuffer.allocate(data.remaining()).put(data).flip();
    }
  }

  /** Drops undelivered data. */
  void drop() {
    backlog = NOTHING;
  }

  void connectionMade(Transport transport) {
    listens = true;
    try {
      protocol.connectionMade(transport);
    } catch (Throwable thrown) {
      report("protocol.connectionMade() failed", thrown, transport);
    }
  }

  void connectionLost(@Nullable Throwable reason) {
    if (listens) {
      protocol.connectionLost(reason);
    } else if (former.isPresent()) {
      former.get().connectionLost(reason);
    }
  }

  void eofReceived(Transport transport) throws CallFailed {
    boolean keepOpen;
    try {
      keepOpen = protocol.eofReceived();
    } catch (Throwable thrown) {
      throw new CallFailed("Fatal error: protocol.eofReceived() call failed.", thrown);
    }
    if (keepOpen) {
      LOGGER.log(
          Level.WARNING,
          () -> "eofReceived() returned true, but TLS cannot stay half-open: " + transport);
    }
  }

  void pauseWriting(Context context, Transport transport) {
    try {
      // Uses a copy, because the caller may be in the same context, which cannot be entered twice.
      boolean ignored =
          context
              .copy()
              .run(() -> {
                protocol.pauseWriting();
                return true;
              });
    } catch (Throwable thrown) {
      report("protocol.pauseWriting() failed", thrown, transport);
    }
  }

  void resumeWriting(Transport transport) {
    try {
      protocol.resumeWriting();
    } catch (Throwable thrown) {
      report("protocol.resumeWriting() failed", thrown, transport);
    }
  }

  void report(String message, Throwable thrown, Transport transport) {
    loop.callExceptionHandler(
        ErrorReport.of(message)
            .withException(thrown)
            .withProtocol(protocol)
            .withTransport(transport));
  }

  private static void hand(Protocol listener, ByteBuffer data) throws CallFailed {
    // A view, because the protocol must not change the state of our buffer.
    ByteBuffer view = data.slice();
    data.position(data.limit());
    try {
      listener.dataReceived(view);
    } catch (Throwable thrown) {
      throw new CallFailed("Fatal error: protocol.dataReceived() call failed.", thrown);
    }
  }

  private static void copy(BufferedProtocol lender, ByteBuffer data, BooleanSupplier wanted)
      throws CallFailed {
    ByteBuffer buffer;
    try {
      buffer = BufferChecks.requireRoom(lender.getBuffer(data.remaining()));
    } catch (Throwable thrown) {
      throw new CallFailed("Fatal error: protocol.getBuffer() call failed.", thrown);
    }
    if (!wanted.getAsBoolean()) {
      return; // getBuffer requested that
    }
    int count = Math.min(buffer.remaining(), data.remaining());
    try {
      buffer.put(buffer.position(), data, data.position(), count);
    } catch (RuntimeException freed) {
      throw new CallFailed("Fatal read error on TLS transport", freed);
    }
    data.position(data.position() + count);
    try {
      lender.bufferUpdated(count);
    } catch (Throwable thrown) {
      throw new CallFailed("Fatal error: protocol.bufferUpdated() call failed.", thrown);
    }
  }
}
