package org.asyncio4j.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The methods of every protocol that its transport calls: {@code asyncio.BaseProtocol}. All methods
 * are called on the loop's thread, in a callback (so they cannot await), and do nothing unless
 * overridden.
 */
public interface BaseProtocol {

  /**
   * Called once, as the last method, if {@code connectionMade} was called before.
   *
   * @param exception why the connection was lost; {@code null} after an end of file, a {@code
   *     close} or an {@code abort}. It is an {@link IOException}, or the exception that the
   *     protocol itself threw
   */
  default void connectionLost(@Nullable Throwable exception) {}

  /**
   * Called from within {@code write} when the transport's buffer has grown above its high-water
   * mark. The protocol should stop writing until {@link #resumeWriting()} is called.
   */
  default void pauseWriting() {}

  /**
   * Called when the transport's buffer has shrunk to its low-water mark: once after a {@link
   * #pauseWriting()}, unless the transport was closed in the meantime.
   */
  default void resumeWriting() {}
}
