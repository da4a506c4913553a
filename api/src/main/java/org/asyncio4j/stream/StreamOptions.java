package org.asyncio4j.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of streams: the keyword arguments of {@code asyncio.open_connection} that are not
 * about connecting.
 */
public final class StreamOptions {

  private static final StreamOptions DEFAULTS = new StreamOptions(64 * 1024, false);

  private final int limitBytes;
  private final boolean cancelOnDisconnect;

  private StreamOptions(int limitBytes, boolean cancelOnDisconnect) {
    if (limitBytes < 1) {
      throw new IllegalArgumentException("limitBytes must be at least 1: " + limitBytes);
    }
    this.limitBytes = limitBytes;
    this.cancelOnDisconnect = cancelOnDisconnect;
  }

  /**
   * {@return the defaults: a limit of 64 KiB, and handlers are not cancelled when their client is
   * gone}
   */
  public static StreamOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns these options with another limit.
   *
   * @param limitBytes the maximum length of a line or other chunk
   * @return the options
   * @throws IllegalArgumentException if it is not positive
   */
  public StreamOptions withLimitBytes(int limitBytes) {
    return new StreamOptions(limitBytes, cancelOnDisconnect);
  }

  /**
   * Returns these options with or without cancellation of handlers whose client is gone.
   *
   * @param changed whether they are cancelled
   * @return the options
   */
  public StreamOptions withCancelOnDisconnect(boolean changed) {
    return new StreamOptions(limitBytes, changed);
  }

  /**
   * {@return the maximum length of a line or other chunk, without its separator} If more than twice
   * as many bytes are unread, the connection is not read from until no more than the limit is left.
   */
  public int limitBytes() {
    return limitBytes;
  }

  /**
   * {@return whether the handler of a server is cancelled when its client is gone (aiohttp, {@code
   * handler_cancellation}; asyncio has none)} A client is gone when its connection is lost and the
   * handler's writer has not closed it: when it was reset, when a write fails, when TLS has ended,
   * or when the server closes its clients. An end of the client's stream alone does not count,
   * because many clients then wait for a response. A loss cannot be noticed while more than twice
   * the limit is unread. The cancellation is not reported. A handler that has returned is not
   * affected; one that blocks is interrupted, but on the handoff engine it holds the loop in the
   * meantime. Has no effect on the streams of clients.
   */
  public boolean cancelOnDisconnect() {
    return cancelOnDisconnect;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StreamOptions that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "StreamOptions%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("limitBytes", limitBytes);
    components.put("cancelOnDisconnect", cancelOnDisconnect);
    return components;
  }
}
