package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.nio.channels.CompletionHandler;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An operation that a thread other than the loop's ends; see {@link CompletionQueue}. It does not
 * lead to the completion or to the loop, so such a thread may refer to it for as long as it likes.
 * All methods may be called on any thread.
 *
 * @param <T> the result
 */
public final class PendingOperation<T extends @Nullable Object>
    implements CompletionHandler<T, @Nullable Object> {

  private final Queue<PendingOperation<?>> ended;
  private final AtomicBoolean isOver = new AtomicBoolean();

  // The queue publishes both to the thread that polls.
  private @Nullable T result;
  private @Nullable IOException failure;

  PendingOperation(Queue<PendingOperation<?>> ended) {
    this.ended = ended;
  }

  /**
   * Ends the operation successfully; the next poll reports it. Never blocks.
   *
   * @param attachment is not used
   * @throws IllegalStateException if the operation is over
   */
  @Override
  public void completed(T result, @Nullable Object attachment) {
    requireUnderWay();
    this.result = result;
    ended.add(this);
  }

  /**
   * Ends the operation with a failure; the next poll reports it. A failure that is not an {@code
   * IOException} becomes the cause of one. Never blocks.
   *
   * @param attachment is not used
   * @throws IllegalStateException if the operation is over
   */
  @Override
  public void failed(Throwable failure, @Nullable Object attachment) {
    requireUnderWay();
    this.failure = failure instanceof IOException reason ? reason : new IOException(failure);
    ended.add(this);
  }

  /**
   * Performs a blocking operation on the current thread, and ends this operation with its result or
   * its exception.
   *
   * @throws IllegalStateException if the operation is over
   */
  public void perform(Callable<? extends T> operation) {
    T value;
    try {
      value = operation.call();
    } catch (Throwable failure) {
      failed(failure, null);
      return;
    }
    completed(value, null);
  }

  private void requireUnderWay() {
    if (!isOver.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "cannot end an operation: it is over already; end each one once");
    }
  }

  @SuppressWarnings("NullAway") // the result has the nullness of T
  void report(Consumer<? super T> onSuccess, Consumer<? super IOException> onFailure) {
    if (failure == null) {
      onSuccess.accept(result);
    } else {
      onFailure.accept(failure);
    }
  }
}
