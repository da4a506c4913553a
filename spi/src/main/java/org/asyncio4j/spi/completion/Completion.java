package org.asyncio4j.spi.completion;

import java.io.IOException;

/**
 * Receives the outcome of an operation. A driver reports it exactly once, inside {@link
 * CompletionPort#poll}. Neither method runs application code, blocks or throws, unless the outcome
 * was reported before.
 */
public interface Completion {

  /**
   * Reports that the operation has succeeded.
   *
   * @param count the number of bytes read or written; -1 if the peer will send no more; 0 for
   *     operations that transfer no bytes
   */
  void completed(int count);

  /**
   * Reports that the operation has failed, or was cancelled because its socket was closed.
   *
   * @param failure the system's error, as one of the JDK's exceptions where there is one ({@link
   *     java.net.ConnectException}, {@link java.net.BindException}, …); chapter 7 of SPEC.md has
   *     the list
   */
  void failed(IOException failure);
}
