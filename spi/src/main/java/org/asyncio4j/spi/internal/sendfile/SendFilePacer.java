package org.asyncio4j.spi.internal.sendfile;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.jspecify.annotations.Nullable;

/**
 * Lets a task write to any transport at the pace of the peer, by temporarily taking the place of
 * the protocol (asyncio, {@code _SendfileFallbackProtocol}). With limits of zero, a transport
 * pauses its protocol exactly while data waits to be written.
 */
final class SendFilePacer {

  private static final WriteBufferLimits NOTHING = new WriteBufferLimits(0, 0);

  private final NetworkLoop loop;
  private final Transport transport;
  private final WriteBufferLimits limits;
  private final StreamProtocol application;
  private final StreamProtocol listener;
  private @Nullable Promise<@Nullable Void> waiter;
  private boolean lost;
  private @Nullable Throwable reason;

  private SendFilePacer(NetworkLoop loop, Transport transport) {
    this.loop = loop;
    this.transport = transport;
    this.limits = transport.writeBufferLimits();
    this.application = transport.protocol();
    this.listener =
        switch (application) {
          case Protocol plain -> new Plain(plain);
          case BufferedProtocol lender -> new Lending(lender);
        };
  }

  static SendFilePacer begin(NetworkLoop loop, Transport transport) {
    SendFilePacer pacing = new SendFilePacer(loop, transport);
    transport.setProtocol(pacing.listener);
    transport.setWriteBufferLimits(NOTHING);
    return pacing;
  }

  /** Suspends the current task until no data waits to be written. */
  void awaitRoom() throws IOException {
    while (!lost && transport.writeBufferSize() > 0) {
      Promise<@Nullable Void> drained = loop.eventLoop().createFuture();
      waiter = drained;
      try {
        drained.await();
      } finally {
        waiter = null;
      }
    }
    if (lost) {
      SocketException failure =
          new SocketException("cannot finish sendFile: the connection was lost");
      failure.initCause(reason);
      throw failure;
    }
  }

  void end() {
    if (transport.protocol() == listener) {
      transport.setProtocol(application);
    }
    transport.setWriteBufferLimits(limits);
  }

  private void wake() {
    Promise<@Nullable Void> waiting = waiter;
    if (waiting != null) {
      waiting.trySetResult(null);
    }
  }

  private void lost(@Nullable Throwable exception) {
    lost = true;
    reason = exception;
    wake();
  }

  /** Marks a protocol under which a file is being sent. */
  sealed interface Listener {}

  private final class Plain implements Protocol, Listener {

    private final Protocol to;

    Plain(Protocol to) {
      this.to = to;
    }

    @Override
    public void connectionMade(Transport made) {
      to.connectionMade(made);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      to.dataReceived(data);
    }

    @Override
    public boolean eofReceived() {
      return to.eofReceived();
    }

    @Override
    public void pauseWriting() {
      to.pauseWriting();
    }

    @Override
    public void resumeWriting() {
      wake();
      to.resumeWriting();
    }

    @Override
    public void connectionLost(@Nullable Throwable exception) {
      lost(exception);
      to.connectionLost(exception);
    }
  }

  private final class Lending implements BufferedProtocol, Listener {

    private final BufferedProtocol to;

    Lending(BufferedProtocol to) {
      this.to = to;
    }

    @Override
    public void connectionMade(Transport made) {
      to.connectionMade(made);
    }

    @Override
    public ByteBuffer getBuffer(int sizeHint) {
      return to.getBuffer(sizeHint);
    }

    @Override
    public void bufferUpdated(int byteCount) {
      to.bufferUpdated(byteCount);
    }

    @Override
    public boolean eofReceived() {
      return to.eofReceived();
    }

    @Override
    public void pauseWriting() {
      to.pauseWriting();
    }

    @Override
    public void resumeWriting() {
      wake();
      to.resumeWriting();
    }

    @Override
    public void connectionLost(@Nullable Throwable exception) {
      lost(exception);
      to.connectionLost(exception);
    }
  }
}
