package org.asyncio4j.spi.internal.bind;

import java.time.Duration;
import org.asyncio4j.core.ErrorReport;

/** Accepts the connections of one listener from its creation until it is stopped. */
public interface Acceptor {

  /** The time to wait for descriptors or memory to become available. */
  Duration PAUSE = Duration.ofSeconds(1);

  /**
   * What is reported when they are not. Created while they are: if classes are loaded from files,
   * it could not be loaded without a descriptor.
   */
  ErrorReport EXHAUSTED = ErrorReport.of("socket.accept() out of system resource");

  /** Stops accepting until {@link #resume}; connections wait in the system's queue. */
  void pause();

  /** Accepts again after {@link #pause}, unless there is another reason to wait. */
  void resume();

  /** Stops accepting, even connections that wait. Further calls do nothing. */
  void stop();
}
