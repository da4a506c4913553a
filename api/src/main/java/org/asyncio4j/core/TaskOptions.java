package org.asyncio4j.core;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of a new task: the keyword arguments of {@code asyncio.create_task}. */
public final class TaskOptions {

  private static final TaskOptions DEFAULTS =
      new TaskOptions(Optional.empty(), Optional.empty(), true, false);

  private final Optional<String> name;
  private final Optional<Context> context;
  private final boolean interruptOnCancel;
  private final boolean eagerStart;

  private TaskOptions(
      Optional<String> name,
      Optional<Context> context,
      boolean interruptOnCancel,
      boolean eagerStart) {
    requireNonNull(name, "name");
    requireNonNull(context, "context");
    this.name = name;
    this.context = context;
    this.interruptOnCancel = interruptOnCancel;
    this.eagerStart = eagerStart;
  }

  /**
   * {@return the defaults: a generated name, a copy of the creator's context, interrupt on
   * cancellation, no eager start}
   */
  public static TaskOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns the defaults with a name.
   *
   * @param name the task's name
   * @return the options
   */
  public static TaskOptions named(String name) {
    return DEFAULTS.withName(name);
  }

  /**
   * Returns these options with the given name.
   *
   * @param name the task's name
   * @return the options
   */
  public TaskOptions withName(String name) {
    return new TaskOptions(
        Optional.of(requireNonNull(name, "name")), context, interruptOnCancel, eagerStart);
  }

  /**
   * Returns these options with the given context.
   *
   * @param context the context that the body runs in
   * @return the options
   */
  public TaskOptions withContext(Context context) {
    return new TaskOptions(
        name, Optional.of(requireNonNull(context, "context")), interruptOnCancel, eagerStart);
  }

  /**
   * Returns these options with or without interrupts on cancellation.
   *
   * @param interruptOnCancel whether a cancellation interrupts a parked body
   * @return the options
   */
  public TaskOptions withInterruptOnCancel(boolean interruptOnCancel) {
    return new TaskOptions(name, context, interruptOnCancel, eagerStart);
  }

  /**
   * Returns these options with or without an eager start.
   *
   * @param eagerStart whether the first step runs within {@code createTask}
   * @return the options
   */
  public TaskOptions withEagerStart(boolean eagerStart) {
    return new TaskOptions(name, context, interruptOnCancel, eagerStart);
  }

  /** {@return the task's name; if absent, {@code Task-N}} */
  public Optional<String> name() {
    return name;
  }

  /**
   * {@return the context that the body runs in, which is not copied; if absent, a copy of the
   * creator's context}
   */
  public Optional<Context> context() {
    return context;
  }

  /**
   * {@return whether a cancellation interrupts the body while it is parked in a blocking call of
   * the JDK} An interrupt closes a {@link java.net.Socket} or channel that the body blocks on.
   * Without the interrupt, a body continues until its call completes, and an exception that it
   * throws is the failure of the task.
   */
  public boolean interruptOnCancel() {
    return interruptOnCancel;
  }

  /**
   * {@return whether the first step runs within {@code createTask} (asyncio, {@code eager_start}):
   * a body that never waits is then done when {@code createTask} returns, without a tick of the
   * loop} Has no effect while the loop is not running. The body begins before its creator
   * continues, so both must be written for that order.
   */
  public boolean eagerStart() {
    return eagerStart;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TaskOptions that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "TaskOptions%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("name", name);
    components.put("context", context);
    components.put("interruptOnCancel", interruptOnCancel);
    components.put("eagerStart", eagerStart);
    return components;
  }
}
