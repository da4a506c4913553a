package org.asyncio4j.spi.internal.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the protocol that a connection had before {@code startTls}, and decides which exception
 * {@code startTls} fails with. The transport may be lost before the task that waits in {@code
 * startTls} runs, or after it has thrown; in both orders the task and the protocol get the same
 * exception.
 */
public final class FormerProtocol implements Protocol {

  private final StreamProtocol former;
  private @Nullable Throwable reason;
  private boolean decided;

  /**
   * Creates a replacement without a decision.
   *
   * @param former the protocol that the connection had
   */
  public FormerProtocol(StreamProtocol former) {
    this.former = former;
  }

  /** {@return the protocol that the connection had} */
  public StreamProtocol former() {
    return former;
  }

  /**
   * {@return the exception that {@code startTls} throws if the connection was lost, or is closing,
   * although the handshake was done}
   */
  public IOException loss() {
    decide(HandshakeWaiter.lossOf(reason));
    return HandshakeWaiter.lossOf(reason);
  }

  /**
   * Called when {@code startTls} ends without a connection.
   *
   * @param thrown the exception that it throws; if the protocol was not notified yet, it gets the
   *     same exception, or {@code null} for a cancellation
   */
  public void endWith(Throwable thrown) {
    decide(thrown instanceof CancelledError ? null : thrown);
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    throw new IllegalStateException(
        "cannot receive data: TLS was started on the connection of " + former);
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    decide(HandshakeWaiter.lossOf(exception));
    former.connectionLost(reason);
  }

  private void decide(@Nullable Throwable failure) {
    if (!decided) {
      decided = true;
      reason = failure;
    }
  }
}
