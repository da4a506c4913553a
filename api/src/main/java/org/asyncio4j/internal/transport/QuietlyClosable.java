package org.asyncio4j.internal.transport;

import org.asyncio4j.net.Transport;

/**
 * Internal; not for use outside asyncio4j. A transport that can be closed by code other than its
 * writers, which cannot know of it: further writes are dropped without a warning.
 *
 * <p>The methods must be called on the loop's thread.
 */
public interface QuietlyClosable {

  /** Does what {@link Transport#close()} does. */
  void closeQuietly();

  /** Does what {@link Transport#abort()} does. */
  void abortQuietly();

  /**
   * Closes a transport on behalf of other code, quietly if the transport supports it.
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
   * Aborts a transport on behalf of other code, quietly if the transport supports it.
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
