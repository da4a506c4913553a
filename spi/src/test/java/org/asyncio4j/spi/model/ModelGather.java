package org.asyncio4j.spi.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code asyncio.gather} (table E2). A child that is given twice is cancelled once, and the message
 * of a cancellation is that of the first request: asyncio's is by chance that of the last child.
 */
final class ModelGather extends ModelFuture {

  private final List<ModelFuture> children;
  private final Set<ModelFuture> distinct;
  private final boolean outcomes;
  private int finished;
  private boolean cancelRequested;
  private String cancelMessage;

  ModelGather(ModelLoop loop, List<ModelFuture> children, boolean outcomes) {
    super(loop);
    this.children = children;
    this.distinct = new LinkedHashSet<>(children);
    this.outcomes = outcomes;
  }

  void start() {
    List<ModelFuture> done = distinct.stream().filter(ModelFuture::isDone).toList();
    distinct.stream()
        .filter(child -> !child.isDone())
        .forEach(child -> child.addDoneCallback(this::childDone));
    done.forEach(this::childDone);
    if (children.isEmpty()) {
      setResult("[]");
    }
  }

  @Override
  boolean isNative() {
    return false;
  }

  @Override
  boolean cancel(String message) {
    if (isDone()) {
      return false;
    }
    boolean accepted = false;
    for (ModelFuture child : distinct) {
      accepted |= child.cancel(message);
    }
    if (accepted && !cancelRequested) {
      cancelRequested = true;
      cancelMessage = message;
    }
    return accepted;
  }

  private void childDone(ModelFuture child) {
    finished++;
    if (isDone()) {
      return;
    }
    if (!outcomes && child.outcome() instanceof Completion.Raised(ModelException thrown)) {
      setException(thrown);
    } else if (finished == distinct.size()) {
      if (cancelRequested) {
        setException(ModelException.cancelled(cancelMessage));
      } else {
        complete(new Completion.Values(children.stream().map(ModelFuture::outcome).toList()));
      }
    }
  }
}
