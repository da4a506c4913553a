package org.asyncio4j.spi.internal.net;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.spi.internal.cycle.ForgottenLoop;

/** A loop as the operations of the network see it. */
public interface NetworkLoop {

  EventLoop eventLoop();

  NetworkHooks hooks();

  /** Throws if the caller cannot wait; {@code operation} is for the message. */
  void requireTask(String operation);

  /** Throws if the loop is closed, or runs on another thread. */
  void ensureMaySchedule();

  /** Throws if the loop runs on another thread. */
  void ensureOwner();

  /** Completes a future, unless it is done or the loop is closed. Callable from any thread. */
  void completeFromElsewhere(Future<?> future, Runnable completion);

  /** Returns what closes the loop's resources if it is collected without having been closed. */
  ForgottenLoop forgotten();
}
