package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.internal.describe.Described;
import org.jspecify.annotations.Nullable;

/** The name and context of a built-in task, and its slot in the registry of its loop. */
abstract class TaskState<T extends @Nullable Object> extends FutureState<T> implements Task<T> {

  private final Context context;
  private String name;
  private int slot = -1;

  TaskState(BaseEventLoop loop, TaskOptions options) {
    super(loop);
    core().ensureMaySchedule();
    this.name = options.name().orElseGet(core()::nextTaskName);
    this.context = options.context().orElseGet(Context::copyCurrent);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void setName(String changed) {
    name = requireNonNull(changed, "name");
    nameThread(changed);
  }

  /** Gives the thread that runs the body the name of the task, for thread dumps. */
  abstract void nameThread(String changed);

  /** Returns the name for messages, which is never empty. */
  final String shownName() {
    return Described.name(name);
  }

  @Override
  public final Context context() {
    return context;
  }

  @Override
  public final String description() {
    return "Task " + shownName();
  }

  /** Returns the slot of this task in the registry; negative if it has none. */
  final int slot() {
    return slot;
  }

  final void setSlot(int changed) {
    slot = changed;
  }

  final void reportSwallowedCancellation() {
    core()
        .reportSoon(
            ErrorReport.of(
                    "Task was cancelled but returned a value; to continue after a cancellation,"
                        + " call uncancel()")
                .withFuture(this)
                .withCreatedAt(createdAt()));
  }
}
