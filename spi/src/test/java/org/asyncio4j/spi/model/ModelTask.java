package org.asyncio4j.spi.model;

import java.util.function.Consumer;

/**
 * {@code asyncio.Task} (tables C2, D2, D3). The body is a continuation, which is resumed with or
 * without an exception to raise where it waits.
 */
final class ModelTask extends ModelFuture {

  private Consumer<ModelException> resume;
  private ModelFuture yielded;
  private ModelFuture waiter;
  private boolean mustCancel;
  private String cancelMessage;
  private int requests;
  private Completion ending;

  ModelTask(ModelLoop loop) {
    super(loop);
  }

  /** The body gets this task's way to end. */
  void start(Consumer<Consumer<Completion>> body, boolean eager) {
    resume =
        raised -> {
          if (raised == null) {
            body.accept(end -> ending = end);
          } else {
            ending = new Completion.Raised(raised);
          }
        };
    if (eager) {
      ModelTask outer = loop().swapCurrent(this);
      proceed(null);
      loop().swapCurrent(outer);
    } else {
      loop().callSoon(() -> step(null));
    }
  }

  void await(ModelFuture future, Consumer<Completion> next) {
    if (future.isDone()) {
      next.accept(future.outcome());
    } else {
      suspend(future, next);
    }
  }

  void yieldOnce(Consumer<Completion> next) {
    suspend(null, next);
  }

  @Override
  boolean cancel(String message) {
    if (isDone()) {
      return false;
    }
    requests++;
    if (waiter != null && waiter.cancel(message)) {
      return true;
    }
    mustCancel = true;
    cancelMessage = message;
    return true;
  }

  boolean hasUnseenCancellation() {
    return mustCancel;
  }

  void dropUnseenCancellation() {
    mustCancel = false;
  }

  int cancelling() {
    return requests;
  }

  int uncancel() {
    if (requests > 0 && --requests == 0) {
      mustCancel = false;
    }
    return requests;
  }

  private void suspend(ModelFuture future, Consumer<Completion> next) {
    yielded = future;
    resume =
        raised -> {
          if (raised != null) {
            next.accept(new Completion.Raised(raised));
          } else {
            next.accept(future == null ? Completion.NOTHING : future.outcome());
          }
        };
  }

  private void step(ModelException given) {
    if (isDone()) {
      throw new IllegalStateException("the model takes a step of a task that is done");
    }
    ModelException raised = given;
    if (mustCancel) {
      mustCancel = false;
      if (raised == null || !raised.isCancelled()) {
        raised = ModelException.cancelled(cancelMessage);
      }
    }
    waiter = null;
    loop().swapCurrent(this);
    proceed(raised);
    loop().swapCurrent(null);
  }

  private void proceed(ModelException raised) {
    Consumer<ModelException> body = resume;
    body.accept(raised);
    if (ending != null) {
      end(ending);
    } else if (yielded == null) {
      loop().callSoon(() -> step(null));
    } else if (yielded == this) {
      loop().callSoon(() -> step(new ModelException(ModelException.Kind.ILLEGAL_STATE, "self")));
    } else if (yielded.isNative()) {
      follow(yielded, this::wakeUp);
    } else {
      ModelFuture foreign = yielded;
      loop().callSoon(() -> follow(foreign, done -> loop().callSoon(() -> wakeUp(done))));
    }
  }

  private void follow(ModelFuture future, Consumer<ModelFuture> callback) {
    waiter = future;
    future.addDoneCallback(callback);
    if (mustCancel && future.cancel(cancelMessage)) {
      mustCancel = false;
    }
  }

  private void wakeUp(ModelFuture done) {
    step(done.outcome() instanceof Completion.Raised(ModelException thrown) ? thrown : null);
  }

  private void end(Completion end) {
    switch (end) {
      case Completion.Raised(ModelException thrown) -> {
        if (thrown.isCancelled()) {
          becomeCancelled(thrown.message());
        } else {
          setException(thrown);
        }
      }
      case Completion other -> {
        if (mustCancel) {
          becomeCancelled(cancelMessage);
        } else {
          setResult(other instanceof Completion.Returned(String shown) ? shown : Show.NOTHING);
        }
      }
    }
  }
}
