package org.asyncio4j.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What every protocol hears from its transport: {@code asyncio.BaseProtocol}. All methods are
 * called on the loop's thread, by a callback (so they cannot await), and do nothing unless
 * overridden.
 */
public interface BaseProtocol {

  /**
   * Called once, last of all, if the protocol was told that its connection was made.
   *
   * @param exception why the connection was lost; {@code null} after an end of file, a {@code
   *     close} or an {@code abort}. It is an {@link IOException}, or what the protocol itself threw
   */
  default void connectionLost(@Nullable Throwable exception) {}

  /**
   * Called from within {@code write} when the transport's buffer has grown above its high-water
   * mark. The protocol should write no more until {@link #resumeWriting()}.
   */
  default void pauseWriting() {}

  /**
   * Called when the transport's buffer has shrunk to its low-water mark: once after a {@link
   * #pauseWriting()}, unless the transport was closed meanwhile.
   */
  default void resumeWriting() {}
}
