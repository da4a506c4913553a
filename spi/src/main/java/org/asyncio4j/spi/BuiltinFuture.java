package org.asyncio4j.spi;

import org.asyncio4j.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * The future of the built-in loops, which any loop may use that extends {@link BaseEventLoop}
 * (asyncio, {@code Future}).
 *
 * @param <T> the type of its value
 */
public class BuiltinFuture<T extends @Nullable Object> extends FutureState<T>
    implements Promise<T> {

  /**
   * Creates a pending future.
   *
   * @param loop the loop that the future belongs to
   */
  public BuiltinFuture(BaseEventLoop loop) {
    super(loop);
  }

  @Override
  public void setResult(T value) {
    finish(value);
  }

  @Override
  public void setException(Throwable exception) {
    fail(exception);
  }

  @Override
  public boolean trySetResult(T value) {
    core().ensureOwner();
    if (isDone()) {
      return false;
    }
    setResult(value);
    return true;
  }

  @Override
  public boolean trySetException(Throwable exception) {
    core().ensureOwner();
    if (isDone()) {
      return false;
    }
    setException(exception);
    return true;
  }

  @Override
  public boolean cancel(@Nullable String message) {
    return becomeCancelled(message);
  }

  @Override
  public String description() {
    return "Future";
  }

  @Override
  public String toString() {
    return "<Future " + stateName() + ">";
  }
}
