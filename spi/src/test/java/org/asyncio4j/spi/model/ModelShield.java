package org.asyncio4j.spi.model;

import java.util.function.Consumer;

/**
 * {@code asyncio.shield} (table E2, 3.14). Here the cancellation of the shield takes effect at
 * once, so that no failure of the inner future is lost that comes in the same tick; asyncio's waits
 * for a callback of the shield.
 */
final class ModelShield extends ModelFuture {

  private final ModelFuture inner;
  private final Consumer<ModelFuture> innerDone = this::innerDone;
  private final Consumer<ModelFuture> report;

  ModelShield(ModelLoop loop, ModelFuture inner, Consumer<ModelFuture> report) {
    super(loop);
    this.inner = inner;
    this.report = report;
    inner.addDoneCallback(innerDone);
  }

  @Override
  boolean isNative() {
    return false;
  }

  @Override
  boolean cancel(String message) {
    boolean cancelled = becomeCancelled(message);
    if (cancelled && !inner.isDone()) {
      inner.removeDoneCallback(innerDone);
      inner.removeDoneCallback(report);
      inner.addDoneCallback(report);
    }
    return cancelled;
  }

  private void innerDone(ModelFuture done) {
    if (isDone()) {
      return;
    }
    switch (done.outcome()) {
      case Completion.Raised(ModelException thrown) -> {
        if (done.isCancelled()) {
          becomeCancelled(thrown.message());
        } else {
          setException(thrown);
        }
      }
      case Completion value -> complete(value);
    }
  }
}
