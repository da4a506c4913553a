package org.example.asyncchannel;

import java.nio.channels.CompletionHandler;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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

  /**
   * Waits for a write, on a thread that may block: an attempt at once and a handler exclude each
   * other.
   */
  <T> void await(
      Future<T> result, Context context, Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
    CompletionHandler<T, @Nullable Void> handler = handler(context, onSuccess, onFailure);
    Thread.ofVirtual()
        .start(() -> {
          try {
            handler.completed(result.get(), null);
          } catch (ExecutionException failed) {
            handler.failed(failed.getCause(), null);
          } catch (InterruptedException | CancellationException ended) {
            handler.failed(ended, null);
          }
        });
  }
}
