package org.asyncio4j.spi.internal.fiber;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * All reflection into {@code java.lang}: JDK 25 has no public API to give a virtual thread a
 * scheduler. Modelled on {@code Thread.VirtualThreadScheduler} of the Loom prototype, so that an
 * API of a later JDK can replace it.
 */
final class CarrierAccess {

  private static final @Nullable String PROBLEM;
  private static final @Nullable MethodHandle NEW_THREAD;
  private static final @Nullable MethodHandle SCHEDULER_OF;
  private static final @Nullable Executor DEFAULT_SCHEDULER;

  static {
    String problem = null;
    MethodHandle newThread = null;
    MethodHandle schedulerOf = null;
    Executor defaultScheduler = null;
    try {
      Class<?> type = Class.forName("java.lang.VirtualThread");
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      MethodType constructor =
          MethodType.methodType(
              void.class, Executor.class, String.class, int.class, Runnable.class);
      newThread =
          lookup
              .findConstructor(type, constructor)
              .asType(constructor.changeReturnType(Thread.class));
      schedulerOf =
          lookup
              .findGetter(type, "scheduler", Executor.class)
              .asType(MethodType.methodType(Object.class, Thread.class));
      defaultScheduler =
          (Executor)
              lookup
                  .findStatic(type, "defaultScheduler", MethodType.methodType(Executor.class))
                  .invoke();
      // If it were first used in a task, the JVM's own pollers would run on that task's scheduler.
      Class.forName("sun.nio.ch.Poller");
    } catch (IllegalAccessException closed) {
      problem = "java.lang is not open; add --add-opens java.base/java.lang=" + moduleName();
    } catch (Throwable unknown) {
      problem = "this JDK's virtual threads are built differently (" + unknown + ")";
    }
    if (problem == null) {
      problem = selfTest(newThread, schedulerOf);
    }
    PROBLEM = problem;
    NEW_THREAD = newThread;
    SCHEDULER_OF = problem == null ? schedulerOf : null;
    DEFAULT_SCHEDULER = defaultScheduler;
  }

  private CarrierAccess() {}

  /** Returns the reason why virtual threads cannot be given a scheduler here, if they cannot. */
  static Optional<String> problem() {
    return Optional.ofNullable(PROBLEM);
  }

  /** Creates an unstarted virtual thread whose continuation is passed to a scheduler. */
  static Thread newThread(Executor scheduler, String name, Runnable body) {
    return create(NEW_THREAD, scheduler, name, body);
  }

  /** Returns the scheduler of a virtual thread, {@code null} if it cannot be determined. */
  static @Nullable Object schedulerOf(Thread thread) {
    if (SCHEDULER_OF == null) {
      return null;
    }
    try {
      return (Object) SCHEDULER_OF.invokeExact(thread);
    } catch (Throwable impossible) {
      throw new LinkageError("cannot read the scheduler of a virtual thread", impossible);
    }
  }

  /**
   * Returns the JDK's scheduler, which takes the continuations passed to a closed or foreign
   * scheduler.
   */
  static Executor defaultScheduler() {
    if (DEFAULT_SCHEDULER == null) {
      throw new LinkageError("cannot find the default scheduler of virtual threads");
    }
    return DEFAULT_SCHEDULER;
  }

  private static Thread create(
      @Nullable MethodHandle constructor, Executor scheduler, String name, Runnable body) {
    if (constructor == null) {
      throw new LinkageError("cannot set the scheduler of a virtual thread: " + PROBLEM);
    }
    try {
      return (Thread) constructor.invokeExact(scheduler, name, 0, body);
    } catch (Throwable impossible) {
      throw new LinkageError("cannot create a virtual thread", impossible);
    }
  }

  /**
   * Checks with a probe thread that it starts, yields and ends under our control, that {@code
   * execute} receives its continuation each time, and that its scheduler can be determined.
   */
  @SuppressWarnings("ThreadPriorityCheck") // yield() uses our scheduler
  private static @Nullable String selfTest(
      @Nullable MethodHandle newThread, @Nullable MethodHandle schedulerOf) {
    ArrayDeque<Runnable> queue = new ArrayDeque<>();
    Executor probeScheduler = queue::add;
    int[] progress = {0};
    try {
      Thread probe =
          create(
              newThread,
              probeScheduler,
              "asyncio4j-self-test",
              () -> {
                progress[0] = 1;
                Thread.yield();
                progress[0] = 2;
              });
      boolean told =
          schedulerOf != null && (Object) schedulerOf.invokeExact(probe) == probeScheduler;
      probe.start();
      boolean started = queue.size() == 1 && progress[0] == 0;
      queue.remove().run();
      boolean yielded = queue.size() == 1 && progress[0] == 1;
      queue.remove().run();
      boolean ended = queue.isEmpty() && progress[0] == 2 && !probe.isAlive();
      return told && started && yielded && ended
          ? null
          : "virtual threads did not use our scheduler in a self-test";
    } catch (Throwable failed) {
      return "virtual threads refused our scheduler in a self-test (" + failed + ")";
    }
  }

  private static String moduleName() {
    Module module = CarrierAccess.class.getModule();
    return module.isNamed() ? module.getName() : "ALL-UNNAMED";
  }
}
