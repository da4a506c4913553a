package org.asyncio4j.spi.model;

import java.util.List;
import org.asyncio4j.tasks.ReturnWhen;

/**
 * One statement of a {@link Program}. It refers to objects by name; an operation on an unknown name
 * only notes this in the trace.
 */
sealed interface Op {

  /** The bodies inside. */
  default List<List<Op>> blocks() {
    return List.of();
  }

  /** The same with other bodies. */
  default Op with(@SuppressWarnings("unused") List<List<Op>> blocks) {
    return this;
  }

  /** The effect of this on exceptions of its body. */
  enum Catching {
    NOTHING,
    CANCELLATION,
    CANCELLATION_AND_UNCANCEL,
    FAILURE,
    ANY
  }

  record Spawn(String task, boolean eager, List<Op> body) implements Op {
    @Override
    public List<List<Op>> blocks() {
      return List.of(body);
    }

    @Override
    public Op with(List<List<Op>> blocks) {
      return new Spawn(task, eager, blocks.get(0));
    }
  }

  record Await(String future) implements Op {}

  record Complete(String promise, int value) implements Op {}

  record Fail(String promise, String message) implements Op {}

  /** Zero units yield once. */
  record Sleep(int units) implements Op {}

  record Cancel(String future, String message) implements Op {}

  record Uncancel() implements Op {}

  /** Records how often the current task is to be cancelled, and which tasks exist. */
  record Look() implements Op {}

  record Throw(String message) implements Op {}

  record Return(int value) implements Op {}

  record Try(List<Op> body, Catching catching, List<Op> handler, List<Op> last) implements Op {
    @Override
    public List<List<Op>> blocks() {
      return List.of(body, handler, last);
    }

    @Override
    public Op with(List<List<Op>> blocks) {
      return new Try(blocks.get(0), catching, blocks.get(1), blocks.get(2));
    }
  }

  record Gather(String future, List<String> of, boolean outcomes) implements Op {}

  record Shield(String future, String of) implements Op {}

  /** A negative limit is none. */
  record Wait(List<String> of, ReturnWhen mode, int limit) implements Op {}

  record Limit(String limit, int units, List<Op> body) implements Op {
    @Override
    public List<List<Op>> blocks() {
      return List.of(body);
    }

    @Override
    public Op with(List<List<Op>> blocks) {
      return new Limit(limit, units, blocks.get(0));
    }
  }

  record Reschedule(String limit, int units) implements Op {}

  record WaitFor(String future, int units) implements Op {}

  record Group(String group, List<Op> body) implements Op {
    @Override
    public List<List<Op>> blocks() {
      return List.of(body);
    }

    @Override
    public Op with(List<List<Op>> blocks) {
      return new Group(group, blocks.get(0));
    }
  }

  record Join(String group, String task, boolean eager, List<Op> body) implements Op {
    @Override
    public List<List<Op>> blocks() {
      return List.of(body);
    }

    @Override
    public Op with(List<List<Op>> blocks) {
      return new Join(group, task, eager, blocks.get(0));
    }
  }

  /** Cancels a group. */
  record Dissolve(String group) implements Op {}

  record Locked(String lock, List<Op> body) implements Op {
    @Override
    public List<List<Op>> blocks() {
      return List.of(body);
    }

    @Override
    public Op with(List<List<Op>> blocks) {
      return new Locked(lock, blocks.get(0));
    }
  }

  record Put(String queue, int value) implements Op {}

  record Get(String queue) implements Op {}

  record SetEvent(String event) implements Op {}

  record ClearEvent(String event) implements Op {}

  record AwaitEvent(String event) implements Op {}
}
