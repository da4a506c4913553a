package org.asyncio4j.spi.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.sync.AsyncEvent;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.sync.AsyncQueue;
import org.asyncio4j.tasks.Outcome;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.Timeout;

/** The shared state of the bodies of a program on a real loop: names, and the trace. */
final class RealWorld {

  final VirtualTimeLoop loop;
  final Map<String, Future<?>> futures = new LinkedHashMap<>();
  final Map<String, Promise<Object>> promises = new LinkedHashMap<>();
  final Map<String, Timeout> limits = new LinkedHashMap<>();
  final Map<String, TaskGroup> groups = new LinkedHashMap<>();
  final Map<String, AsyncLock> locks = named(Program.LOCKS, _ -> new AsyncLock());
  final Map<String, AsyncEvent> events = named(Program.EVENTS, _ -> new AsyncEvent());
  final Map<String, AsyncQueue<Integer>> queues =
      named(Program.QUEUES, name -> new AsyncQueue<>(Program.placesOf(name)));
  final List<String> trace = new ArrayList<>();
  private final long start;

  RealWorld(VirtualTimeLoop loop) {
    this.loop = loop;
    this.start = loop.now();
    for (String name : Program.PROMISES) {
      Promise<Object> promise = loop.createFuture();
      promises.put(name, promise);
      futures.put(name, promise);
    }
  }

  private static <T> Map<String, T> named(List<String> names, Function<String, T> maker) {
    return names.stream().collect(Collectors.toMap(Function.identity(), maker));
  }

  void say(String who, String what) {
    trace.add(Show.event(loop.now() - start, who, what));
  }

  void hear(ErrorReport report) {
    String text = report.message();
    boolean ofShield = text.endsWith(" exception in shielded future");
    String failure = report.exception().map(RealWorld::show).orElse("");
    say("report", failure + (ofShield ? " of a shielded future" : ": " + text));
  }

  interface Creator {
    Task<Object> create(Callable<Object> body, TaskOptions options);
  }

  void spawn(String name, boolean eager, List<Op> body, Creator creator) {
    Task<Object> created =
        creator.create(() -> runBody(name, body), TaskOptions.named(name).withEagerStart(eager));
    futures.putIfAbsent(name, created);
  }

  private Object runBody(String name, List<Op> body) throws Exception {
    Task<?> task = loop.currentTask().orElseThrow();
    futures.putIfAbsent(name, task);
    say(name, "begins");
    try {
      RealBody.Ending end = new RealBody(this, name, task).run(body);
      Object value = end instanceof RealBody.Returned(Object returned) ? returned : null;
      say(name, "ends " + show(value));
      return value;
    } catch (Throwable thrown) {
      say(name, "ends " + show(thrown));
      throw thrown;
    }
  }

  /** The names of the tasks that are not done. */
  List<String> unfinished() {
    return loop.allTasks().stream().map(Task::name).sorted().toList();
  }

  static String showFuture(Future<?> future) {
    return future.isDone() ? showOutcome(Outcome.of(future)) : "pending";
  }

  static String show(Object value) {
    return switch (value) {
      case null -> Show.NOTHING;
      case Throwable thrown ->
          Show.exception(
              bare(thrown), Arrays.stream(thrown.getSuppressed()).map(RealWorld::bare).toList());
      case List<?> list -> list.stream().map(RealWorld::show).toList().toString();
      case Outcome<?> outcome -> showOutcome(outcome);
      default -> value.toString();
    };
  }

  private static String showOutcome(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Success<?>(Object value) -> show(value);
      case Outcome.Failure<?>(Throwable thrown) -> show(thrown);
      case Outcome.Cancelled<?>(CancelledError error) -> show(error);
    };
  }

  private static String bare(Throwable thrown) {
    return switch (thrown) {
      case CancelledError cancelled -> Show.cancelled(cancelled.getMessage());
      case ProgramFailure failure -> Show.failure(failure.getMessage());
      case TimeoutException _ -> Show.TIMEOUT;
      case IllegalStateException _ -> Show.ILLEGAL_STATE;
      default -> thrown.toString();
    };
  }
}
