package org.asyncio4j.internal.transport;

import org.asyncio4j.net.Transport;

/**
 * Internal; not for use outside asyncio4j. A transport that can be closed by others than those who
 * write to it, who cannot know of it: what they write is dropped without a warning.
 *
 * <p>Whoever closes is on the thread of the loop.
 */
public interface QuietlyClosable {

  /** Does what {@link Transport#close()} does. */
  void closeQuietly();

  /** Does what {@link Transport#abort()} does. */
  void abortQuietly();

  /**
   * Closes a transport for others, quietly if it can do so.
   *
   * @param transport the transport
   */
  static void close(Transport transport) {
    if (transport instanceof QuietlyClosable quiet) {
      quiet.closeQuietly();
    } else {
      transport.close();
    }
  }

  /**
   * Aborts a transport for others, quietly if it can do so.
   *
   * @param transport the transport
   */
  static void abort(Transport transport) {
    if (transport instanceof QuietlyClosable quiet) {
      quiet.abortQuietly();
    } else {
      transport.abort();
    }
  }
}
