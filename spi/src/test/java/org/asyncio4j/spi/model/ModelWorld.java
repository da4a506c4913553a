package org.asyncio4j.spi.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The shared state of the bodies of a program in the model: names, and the trace. */
final class ModelWorld {

  final ModelLoop loop = new ModelLoop();
  final Map<String, ModelFuture> futures = new LinkedHashMap<>();
  final Map<String, ModelTimeout> limits = new LinkedHashMap<>();
  final Map<String, ModelGroup> groups = new LinkedHashMap<>();
  final Map<String, ModelLock> locks = named(Program.LOCKS, _ -> new ModelLock());
  final Map<String, ModelEvent> events = named(Program.EVENTS, _ -> new ModelEvent());
  final Map<String, ModelQueue> queues =
      named(Program.QUEUES, name -> new ModelQueue(Program.placesOf(name)));
  final List<String> trace = new ArrayList<>();

  /** One object for all, so that a future which was shielded several times reports once. */
  final Consumer<ModelFuture> reporter = this::report;

  ModelWorld() {
    Program.PROMISES.forEach(name -> futures.put(name, new ModelFuture(loop)));
  }

  private static <T> Map<String, T> named(List<String> names, Function<String, T> maker) {
    return names.stream().collect(Collectors.toMap(Function.identity(), maker));
  }

  void say(String who, String what) {
    trace.add(Show.event(loop.now(), who, what));
  }

  ModelTask spawn(String name, boolean eager, List<Op> body) {
    ModelTask task = new ModelTask(loop);
    if (!eager) {
      futures.put(name, task);
    }
    task.start(
        end -> {
          futures.putIfAbsent(name, task);
          say(name, "begins");
          new ModelBody(this, name, task)
              .run(
                  body,
                  how -> {
                    say(name, "ends " + Completion.show(how));
                    end.accept(how);
                  });
        },
        eager);
    return task;
  }

  /** The names of the tasks that are not done. */
  List<String> unfinished() {
    return futures.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof ModelTask task && !task.isDone())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private void report(ModelFuture done) {
    if (done.outcome() instanceof Completion.Raised(ModelException thrown)
        && !thrown.isCancelled()) {
      say("report", thrown.show() + " of a shielded future");
    }
  }
}
