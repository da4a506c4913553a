package org.asyncio4j.spi.model;

import java.util.function.Consumer;

/** {@code asyncio.timeout} (table E2). */
final class ModelTimeout {

  private enum State {
    ENTERED,
    EXPIRING,
    LEFT
  }

  private final ModelTask task;
  private final int before;
  private State state = State.ENTERED;
  private ModelLoop.Handle timer;

  ModelTimeout(ModelTask task) {
    this.task = task;
    this.before = task.cancelling() - (task.hasUnseenCancellation() ? 1 : 0);
  }

  boolean isActive() {
    return state == State.ENTERED;
  }

  /** A negative number of units lifts the limit. */
  void reschedule(int units) {
    disarm();
    ModelLoop loop = task.loop();
    if (units == 0) {
      timer = loop.callSoon(this::expire);
    } else if (units > 0) {
      timer = loop.callAt(loop.now() + units, this::expire);
    }
  }

  void leave(Completion end, Consumer<Completion> next) {
    disarm();
    boolean expired = state == State.EXPIRING;
    state = State.LEFT;
    boolean byOthers = expired && task.uncancel() > before;
    if (expired && !byOthers) {
      task.dropUnseenCancellation();
    }
    if (expired && !byOthers && end instanceof Completion.Raised(ModelException thrown)) {
      ModelException late = new ModelException(ModelException.Kind.TIMEOUT, null);
      if (thrown.isCancelled()) {
        next.accept(new Completion.Raised(late));
        return;
      }
      thrown.suppress(late);
    }
    next.accept(end);
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void expire() {
    timer = null;
    state = State.EXPIRING;
    task.cancel(null);
  }
}
