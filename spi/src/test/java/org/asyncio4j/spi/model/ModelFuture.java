package org.asyncio4j.spi.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.spi.model.Completion.Cancelled;

/** {@code asyncio.Future} (table D1). */
class ModelFuture {

  private final ModelLoop loop;
  private final List<Consumer<ModelFuture>> callbacks = new ArrayList<>();
  private Completion outcome;

  ModelFuture(ModelLoop loop) {
    this.loop = loop;
  }

  final ModelLoop loop() {
    return loop;
  }

  final boolean isDone() {
    return outcome != null;
  }

  boolean isCancelled() {
    return outcome instanceof Cancelled;
  }

  /** Of a future that is done: whether it was cancelled, or failed with the same error. */
  final boolean endedByCancellation() {
    return outcome() instanceof Completion.Raised(ModelException thrown) && thrown.isCancelled();
  }

  /**
   * Whether a task follows this without a detour. Gatherings and shields are not of the loop's own
   * make here, and a task follows such a future by callbacks: one tick more before and after. In
   * asyncio they are native.
   */
  boolean isNative() {
    return true;
  }

  /** Of a future that is done: a value or an exception. */
  final Completion outcome() {
    return outcome instanceof Cancelled(String message)
        ? new Completion.Raised(ModelException.cancelled(message))
        : outcome;
  }

  boolean cancel(String message) {
    return becomeCancelled(message);
  }

  final boolean becomeCancelled(String message) {
    if (isDone()) {
      return false;
    }
    complete(new Cancelled(message));
    return true;
  }

  final void setResult(String shown) {
    complete(new Completion.Value(shown));
  }

  final void setException(ModelException exception) {
    complete(new Completion.Raised(exception));
  }

  /** Does nothing if this is done. */
  final void release() {
    if (!isDone()) {
      setResult(Show.NOTHING);
    }
  }

  final void addDoneCallback(Consumer<ModelFuture> callback) {
    if (isDone()) {
      loop.callSoon(() -> callback.accept(this));
    } else {
      callbacks.add(callback);
    }
  }

  final void removeDoneCallback(Consumer<ModelFuture> callback) {
    callbacks.removeIf(callback::equals);
  }

  final void complete(Completion end) {
    if (isDone()) {
      throw new IllegalStateException("the model completes a future twice");
    }
    outcome = end;
    callbacks.forEach(callback -> loop.callSoon(() -> callback.accept(this)));
    callbacks.clear();
  }

  String show() {
    return isDone() ? Completion.show(outcome()) : "pending";
  }
}
