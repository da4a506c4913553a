package org.asyncio4j.tck.mutants;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.LoopContext;

/** Chapter 4: futures. */
final class FutureMutants {

  private FutureMutants() {}

  /** Makes the futures of a mutant. */
  interface Maker {
    <T> Promise<T> make(BaseEventLoop loop);
  }

  static EventLoop with(LoopContext context, Maker maker) {
    return new CorrectLoop(context) {
      @Override
      public <T> Promise<T> createFuture() {
        return maker.make(this);
      }
    };
  }
}
