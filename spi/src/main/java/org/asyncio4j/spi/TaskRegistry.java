package org.asyncio4j.spi;

import com.google.common.collect.MapMaker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.identity.Identity;
import org.asyncio4j.internal.identity.IdentitySet;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one loop, and its current task.
 *
 * <p>Built-in tasks are held strongly, each in a slot that it keeps until it is done. Only the
 * loop's thread writes, so no lock is needed, and since no task moves, a snapshot on another thread
 * includes every task that remains pending. Third-party tasks are held weakly.
 */
final class TaskRegistry {

  static final int INITIAL_CAPACITY = 64;

  private final BaseEventLoop loop;

  private volatile AtomicReferenceArray<@Nullable BuiltinTask<?>> slots =
      new AtomicReferenceArray<>(INITIAL_CAPACITY);
  private int[] freeSlots = new int[INITIAL_CAPACITY];
  private int freeCount;
  private int used;

  private final Set<Task<?>> foreign =
      Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());
  private final Set<Identity<Task<?>>> eager = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Task<?> current;

  TaskRegistry(BaseEventLoop loop) {
    this.loop = loop;
  }

  @Nullable Task<?> current() {
    return current;
  }

  void setCurrent(@Nullable Task<?> task) {
    current = task;
  }

  void enter(Task<?> task) {
    Task<?> running = current;
    if (running != null) {
      throw new IllegalStateException(
          "cannot enter task %s: task %s is being executed".formatted(task, running));
    }
    current = task;
  }

  void leave(Task<?> task) {
    Task<?> running = current;
    if (running != task) {
      throw new IllegalStateException(
          "cannot leave task %s: %s is entered"
              .formatted(task, running == null ? "no task" : running));
    }
    current = null;
  }

  void register(Task<?> task) {
    if (task instanceof BuiltinTask<?> builtin) {
      if (builtin.slot() < 0) {
        int slot = freeCount > 0 ? freeSlots[--freeCount] : nextSlot();
        builtin.setSlot(slot);
        slots.setRelease(slot, builtin);
      }
    } else {
      foreign.add(task);
    }
  }

  void unregister(Task<?> task) {
    if (task instanceof BuiltinTask<?> builtin) {
      int slot = builtin.slot();
      if (slot >= 0) {
        builtin.setSlot(-1);
        slots.setRelease(slot, null);
        freeSlots[freeCount++] = slot;
      }
    } else {
      foreign.remove(task);
    }
  }

  void registerEager(Task<?> task) {
    eager.add(new Identity<>(task));
  }

  void unregisterEager(Task<?> task) {
    eager.remove(new Identity<>(task));
  }

  /** Returns the tasks of the loop that are not done. Callable from any thread. */
  Set<Task<?>> pending() {
    Set<Task<?>> pending = new IdentitySet<>();
    // Eager tasks first: one that is registered in the meantime is then found among the others.
    for (Identity<Task<?>> task : eager) {
      addPending(task.object(), pending);
    }
    AtomicReferenceArray<@Nullable BuiltinTask<?>> seen = slots;
    for (int i = 0; i < seen.length(); i++) {
      Task<?> task = seen.getAcquire(i);
      if (task != null) {
        addPending(task, pending);
      }
    }
    for (Task<?> task : foreign) {
      addPending(task, pending);
    }
    return pending;
  }

  /**
   * Abandons the built-in tasks because the loop closes. All of them have ended before the first
   * body continues elsewhere, so futures that its clean-up completes do not wake tasks that are
   * about to end.
   */
  void abandonAll() {
    List<BuiltinTask<?>> left = new ArrayList<>();
    AtomicReferenceArray<@Nullable BuiltinTask<?>> seen = slots;
    for (int i = 0; i < seen.length(); i++) {
      BuiltinTask<?> task = seen.getAcquire(i);
      if (task != null && !task.isDone()) {
        left.add(task);
      }
    }
    left.forEach(BuiltinTask::abandon);
    left.forEach(BuiltinTask::release);
  }

  private void addPending(Task<?> task, Set<Task<?>> pending) {
    if (task.loop() == loop && !task.isDone()) {
      pending.add(task);
    }
  }

  private int nextSlot() {
    AtomicReferenceArray<@Nullable BuiltinTask<?>> full = slots;
    if (used == full.length()) {
      AtomicReferenceArray<@Nullable BuiltinTask<?>> larger = new AtomicReferenceArray<>(used * 2);
      for (int i = 0; i < used; i++) {
        larger.setPlain(i, full.getPlain(i));
      }
      freeSlots = Arrays.copyOf(freeSlots, used * 2);
      slots = larger;
    }
    return used++;
  }
}
