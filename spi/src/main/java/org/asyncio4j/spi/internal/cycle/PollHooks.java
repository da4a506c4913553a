package org.asyncio4j.spi.internal.cycle;

import java.io.IOException;

/** The hooks of a loop that wait for I/O. */
public interface PollHooks {

  void poll(long waitNanos) throws IOException;

  void flush(boolean last) throws IOException;

  /** Called from any thread; never throws. */
  void wakeUp();
}
