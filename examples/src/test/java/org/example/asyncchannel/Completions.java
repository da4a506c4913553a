package org.example.asyncchannel;

import java.nio.channels.CompletionHandler;
import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.jspecify.annotations.Nullable;

/** Brings what the channels' thread has to say to the loop's. */
final class Completions {

  private final EventLoop loop;

  Completions(EventLoop loop) {
    this.loop = loop;
  }

  <T> CompletionHandler<T, @Nullable Void> handler(
      Context context, Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
    return new CompletionHandler<>() {
      @Override
      public void completed(T result, @Nullable Void nothing) {
        hand(() -> onSuccess.accept(result));
      }

      @Override
      public void failed(Throwable failure, @Nullable Void nothing) {
        hand(() -> onFailure.accept(failure));
      }

      private void hand(Runnable callback) {
        try {
          loop.callSoonThreadsafe(callback, context);
        } catch (IllegalStateException closed) {
          // Nobody waits any more; the group has closed the channel.
        }
      }
    };
  }
}
