package org.asyncio4j.tck.mutants.tasks;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.spi.*;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.probe.TaskHooks;

/** Chapter 5: which tasks exist and which one runs. */
public final class TaskLifetimeMutants extends Defects {

  public TaskLifetimeMutants() {
    defect("5.1 also .10, .11", "shows tasks once they have started")
        .loop(loop -> {
          Set<Task<?>> started = ConcurrentHashMap.newKeySet();
          loop.createTask.given(wanted ->
              wanted.running(() -> {
                started.add(loop.currentTask().orElseThrow());
                return wanted.body().call();
              }));
          loop.allTasks.withResult(
              all -> all.removeIf(task -> task instanceof BuiltinTask && !started.contains(task)));
        });
    defect("5.2", "shows tasks that are just done")
        .loop(loop -> {
          Set<Task<?>> lingering = new HashSet<>();
          loop.createTask.withResult(task ->
              task.addDoneCallback(_ -> {
                lingering.add(task);
                loop.callSoon(() -> lingering.remove(task));
              }));
          loop.allTasks.withResult(all -> {
            if (MutantLoop.onLoop()) {
              all.addAll(lingering);
            }
          });
        });
    defect("5.3 also .16, .18", "forgets the current task after its first step")
        .loop(TaskLifetimeMutants::forgetAfterTheFirstStep);
    defect("5.4", "takes the last task for the current one")
        .loop(loop -> {
          AtomicReference<Task<?>> last = new AtomicReference<>();
          loop.createTask.given(wanted ->
              wanted.running(() -> {
                last.set(loop.correctCurrentTask().orElse(null));
                return wanted.body().call();
              }));
          loop.currentTask.returns(current ->
              current.or(
                  () -> Optional.<Task<?>>ofNullable(last.get()).filter(task -> !task.isDone())));
        });
    defect("5.5", "enters a task within another")
        .provider(
            hooks(it ->
                it.enterTask.instead(
                    entered -> TaskLifetime.swapCurrentTask(entered.loop(), entered.task()))));
    defect("5.6", "leaves whatever is current")
        .provider(
            hooks(it ->
                it.leaveTask.instead(left -> TaskLifetime.swapCurrentTask(left.loop(), null))));
    defect("5.7 also .5, .6", "enters nothing")
        .provider(
            hooks(it ->
                it.enterTask.onlyIf(
                    entered -> entered.loop().currentTask().isPresent() || !MutantLoop.onLoop())));

    Set<Task<?>> registered = ConcurrentHashMap.newKeySet();
    defect("5.8", "shows tasks that are done")
        .provider(
            hooks(
                context -> {
                  MutantLoop loop = MutantLoop.correct(context);
                  loop.close.before(_ -> registered.clear());
                  loop.allTasks.withResult(
                      all -> registered.stream().filter(Task::isDone).forEach(all::add));
                  return loop;
                },
                it ->
                    it.registerTask.after(
                        task -> task.toString().contains("finishes"), registered::add)));
    defect("5.9", "refuses to unregister what is not registered")
        .provider(
            hooks(it ->
                it.unregisterTask.refuse(
                    task -> !task.loop().allTasks().contains(task),
                    _ -> new IllegalStateException("not registered"))));
    Set<MutantLoop> open = ConcurrentHashMap.newKeySet();
    defect("5.10", "shows the tasks of all loops")
        .loop(loop -> {
          open.add(loop);
          loop.close.before(_ -> open.remove(loop));
          loop.allTasks.withResult(all -> open.forEach(other -> all.addAll(other.correctTasks())));
        });
    defect("5.11 also .30", "returns a set that cannot be changed")
        .loop(loop -> loop.allTasks.returns(Set::copyOf));
    defect("5.12 also .19", "shows its tasks on its own thread only")
        .loop(loop ->
            loop.allTasks.refuse(
                _ -> loop.isForeign(), _ -> new WrongThreadException("not the loop's thread")));
    List<Task<?>> kept = new CopyOnWriteArrayList<>();
    defect("5.13", "keeps every task alive")
        .provider(hooks(it -> it.registerTask.before(kept::add)));
    defect("5.14 also .12", "loses tasks that wait")
        .loop(loop ->
            loop.createTask.withResult(
                task -> loop.callSoon(() -> TaskLifetime.unregisterTask(task))));
    defect("5.15", "enters on any thread")
        .provider(hooks(it -> it.enterTask.onlyIf(_ -> MutantLoop.onLoop())));
    defect("5.16", "forgets the former task")
        .provider(
            hooks(it ->
                it.swapCurrentTask.around((correct, swapped) -> {
                  Task<?> former = correct.call(swapped);
                  return swapped.task() == null ? former : null;
                })));
    defect("5.17 also .30", "ignores eager tasks")
        .provider(hooks(it -> it.registerEagerTask.swallow()));
    Set<MutantLoop> opened = ConcurrentHashMap.newKeySet();
    defect("5.18", "shares the current task")
        .loop(loop -> {
          opened.add(loop);
          loop.currentTask.returns(current ->
              current.or(() ->
                  opened.stream()
                      .filter(other -> other != loop)
                      .flatMap(other -> other.correctCurrentTask().stream())
                      .findAny()));
        });
    defect("5.19", "shows its current task on its own thread only")
        .loop(loop ->
            loop.currentTask.returns(current -> MutantLoop.onLoop() ? current : Optional.empty()));
    defect("5.20", "loses the options of tasks")
        .loop(loop -> {
          Map<Object, Boolean> seen = new WeakHashMap<>();
          loop.createTask.given(wanted ->
              seen.put(wanted.body(), true) == null ? wanted.with(TaskOptions.defaults()) : wanted);
        });
    defect("5.30", "shows one of several equal tasks")
        .loop(loop -> loop.allTasks.returns(HashSet::new));
    defect("5.30", "unregisters all equal tasks")
        .provider(
            hooks(it ->
                it.unregisterTask.instead(task ->
                    task.loop().allTasks().stream()
                        .filter(other -> other.equals(task))
                        .forEach(TaskLifetime::unregisterTask))));
  }

  /** Shows each task as the current one only once. */
  public static void forgetAfterTheFirstStep(MutantLoop loop) {
    Set<Task<?>> asked = new HashSet<>();
    loop.currentTask.returns(current ->
        current.filter(
            task -> !(task instanceof BuiltinTask) || !MutantLoop.onLoop() || asked.add(task)));
  }

  /** Offers correct loops with other hooks. */
  private static EventLoopProvider hooks(Consumer<TaskHookSeams> script) {
    return hooks(MutantLoop::correct, script);
  }

  private static EventLoopProvider hooks(
      Function<LoopContext, EventLoop> opener, Consumer<TaskHookSeams> script) {
    TaskHookSeams seams = new TaskHookSeams();
    script.accept(seams);
    return seams.provider(new CorrectHooks(opener));
  }

  private interface Hooked extends EventLoopProvider, TaskHooks {}

  private static final class CorrectHooks extends Loops implements Hooked {

    CorrectHooks(Function<LoopContext, EventLoop> opener) {
      super(opener);
    }
  }

  /** A task that a loop enters or leaves. */
  private record OfLoop(EventLoop loop, Task<?> task) {}

  private static final class TaskHookSeams extends Decorated<Hooked> {

    final Seam<OfLoop, Void> enterTask = seam("enterTask", OfLoop::new);
    final Seam<OfLoop, Void> leaveTask = seam("leaveTask", OfLoop::new);
    final Seam<OfLoop, Task<?>> swapCurrentTask = seam("swapCurrentTask", OfLoop::new);
    final Seam<Task<?>, Void> registerTask = seam("registerTask");
    final Seam<Task<?>, Void> unregisterTask = seam("unregisterTask");
    final Seam<Task<?>, Void> registerEagerTask = seam("registerEagerTask");

    EventLoopProvider provider(Hooked correct) {
      return decorate(Hooked.class, correct);
    }
  }
}
