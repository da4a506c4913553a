package org.asyncio4j.spi.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code asyncio.TaskGroup} (table E2, main of 3.15). Deliberate differences: instead of an
 * ExceptionGroup the first failure is thrown, and suppresses the others; failures are in order of
 * time, that of the body too; children are cancelled in the order in which they were created;
 * requests from before the group are not its business, and what the group takes back is not raised
 * later because of them; a body that has ended is not cancelled; and when others cancel the parent,
 * the message is theirs and not that of the group's own request. The group takes its request back
 * when the body has ended; asyncio's versions do it then, or at the very end.
 */
final class ModelGroup {

  private final ModelTask parent;
  private final int before;
  private final Set<ModelTask> children = new LinkedHashSet<>();
  private final List<ModelException> errors = new ArrayList<>();
  private boolean exiting;
  private boolean aborting;
  private boolean parentCancelRequested;
  private ModelException propagated;
  private ModelException seenWhileWaiting;
  private ModelFuture completed;

  ModelGroup(ModelTask parent) {
    this.parent = parent;
    this.before = parent.cancelling() - (parent.hasUnseenCancellation() ? 1 : 0);
  }

  boolean isOpen() {
    return !aborting && !(exiting && children.isEmpty());
  }

  /** Of a task that has been started, eagerly perhaps. */
  void add(ModelTask child) {
    children.add(child);
    child.addDoneCallback(_ -> childDone(child));
    if (aborting && !child.isDone()) {
      child.cancel(null);
    }
  }

  void cancel() {
    if (exiting && children.isEmpty() || aborting) {
      return;
    }
    abortAll();
  }

  void leave(Completion end, Consumer<Completion> next) {
    exiting = true;
    if (parentCancelRequested) {
      parent.uncancel();
      if (!othersCancel()) {
        parent.dropUnseenCancellation();
      }
    }
    if (end instanceof Completion.Raised(ModelException thrown)) {
      if (thrown.isCancelled()) {
        propagated = isOwn() ? null : thrown;
      } else {
        List.copyOf(children).stream().filter(ModelFuture::isDone).forEach(this::childDone);
        addError(thrown);
      }
      if (!aborting) {
        abort();
      }
    }
    waitForChildren(end, next);
  }

  private void waitForChildren(Completion end, Consumer<Completion> next) {
    if (children.isEmpty()) {
      next.accept(left(end));
      return;
    }
    completed = new ModelFuture(parent.loop());
    parent.await(
        completed,
        woken -> {
          if (woken instanceof Completion.Raised(ModelException thrown)) {
            if (seenWhileWaiting == null && !isOwn()) {
              seenWhileWaiting = thrown;
            }
            if (!aborting) {
              propagated = thrown;
              abort();
            }
          }
          completed = null;
          waitForChildren(end, next);
        });
  }

  private boolean othersCancel() {
    return parent.cancelling() > before;
  }

  /**
   * Once the request is taken back: whether a cancellation that the parent sees is that which this
   * group has requested.
   */
  private boolean isOwn() {
    return parentCancelRequested && !othersCancel();
  }

  private Completion left(Completion end) {
    boolean own = isOwn();
    boolean byOthers = othersCancel();
    if (own) {
      propagated = null;
    } else if (propagated == null) {
      propagated = seenWhileWaiting;
    }
    if (!errors.isEmpty()) {
      if (byOthers) {
        parent.uncancel();
        parent.cancel(propagated == null ? null : propagated.message());
      }
      ModelException first = errors.getFirst();
      errors.stream().skip(1).filter(later -> !first.suppresses(later)).forEach(first::suppress);
      return new Completion.Raised(first);
    }
    if (propagated != null) {
      return new Completion.Raised(propagated);
    }
    return end instanceof Completion.Raised ? Completion.NOTHING : end;
  }

  private void childDone(ModelFuture child) {
    if (!children.remove(child)) {
      return;
    }
    if (completed != null && children.isEmpty()) {
      completed.release();
    }
    if (child.outcome() instanceof Completion.Raised(ModelException thrown)
        && !child.isCancelled()) {
      addError(thrown);
      if (!aborting) {
        abortAll();
      }
    }
  }

  private void addError(ModelException error) {
    if (!errors.contains(error)) {
      errors.add(error);
    }
  }

  private void abortAll() {
    abort();
    if (!exiting) {
      parentCancelRequested = true;
      parent.cancel(null);
    }
  }

  private void abort() {
    aborting = true;
    List.copyOf(children).forEach(child -> child.cancel(null));
  }
}
