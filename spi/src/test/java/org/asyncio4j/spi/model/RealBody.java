package org.asyncio4j.spi.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.sync.Hold;
import org.asyncio4j.tasks.ReturnWhen;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.Timeout;

/** Carries out the statements of one task on a real loop. */
final class RealBody {

  /** How a statement ends that throws nothing. */
  sealed interface Ending {}

  record Finished() implements Ending {}

  record Returned(Object value) implements Ending {}

  private static final Ending FINISHED = new Finished();

  private final RealWorld world;
  private final String name;
  private final Task<?> task;

  RealBody(RealWorld world, String name, Task<?> task) {
    this.world = world;
    this.name = name;
    this.task = task;
  }

  Ending run(List<Op> ops) throws Exception {
    for (Op op : ops) {
      Ending end = run(op);
      if (end instanceof Returned) {
        return end;
      }
    }
    return FINISHED;
  }

  private Ending run(Op op) throws Exception {
    switch (op) {
      case Op.Await(var future) -> {
        Future<?> found = awaited(future);
        if (found != null) {
          answering(op, found::await);
        }
      }
      case Op.Sleep(var units) -> {
        say("begins " + op);
        answering(
            op,
            () -> {
              Asyncio.sleep(VirtualTimeLoop.units(units));
              return null;
            });
      }
      case Op.WaitFor(var future, var units) -> {
        Future<?> found = awaited(future);
        if (found != null) {
          answering(op, () -> Asyncio.waitFor(found, VirtualTimeLoop.units(units)));
        }
      }
      case Op.Wait(var of, var mode, var limit) -> {
        Map<String, Future<?>> found = known(of);
        say("waits for " + found.keySet());
        if (!found.isEmpty()) {
          answering(op, () -> waitFor(found, mode, limit));
        }
      }
      case Op.Throw(var message) -> throw new ProgramFailure(message);
      case Op.Return(var value) -> {
        return new Returned(value);
      }
      case Op.Try tried -> {
        return runTry(tried);
      }
      case Op.Limit(var limit, var units, var body) -> {
        say("enters " + limit);
        return leaving(
            limit,
            () ->
                Timeout.after(VirtualTimeLoop.units(units))
                    .call((Timeout entered) -> {
                      world.limits.put(limit, entered);
                      return run(body);
                    }));
      }
      case Op.Group(var group, var body) -> {
        say("enters " + group);
        return leaving(
            group,
            () ->
                TaskGroup.call((TaskGroup entered) -> {
                  world.groups.put(group, entered);
                  return run(body);
                }));
      }
      case Op.Locked(var lock, var body) -> {
        say("acquires " + lock);
        Hold hold = world.locks.get(lock).hold();
        try {
          say("holds " + lock);
          return run(body);
        } finally {
          say("releases " + lock);
          hold.close();
        }
      }
      case Op.Put(var queue, var value) -> {
        say("begins " + op);
        answering(
            op,
            () -> {
              world.queues.get(queue).put(value);
              return null;
            });
      }
      case Op.Get(var queue) -> {
        say("begins " + op);
        answering(op, () -> world.queues.get(queue).get());
      }
      case Op.AwaitEvent(var event) -> {
        say("begins " + op);
        answering(
            op,
            () -> {
              world.events.get(event).await();
              return null;
            });
      }
      default -> runAtOnce(op);
    }
    return FINISHED;
  }

  private void runAtOnce(Op op) {
    switch (op) {
      case Op.Spawn(var child, var eager, var body) -> {
        say("creates " + child);
        world.spawn(child, eager, body, world.loop::createTask);
        say("created " + child);
      }
      case Op.Join(var group, var child, var eager, var body) -> join(group, child, eager, body);
      case Op.Complete(var promise, var value) -> {
        Promise<Object> found = world.promises.get(promise);
        say(op + (found.isDone() ? " refused" : ""));
        if (!found.isDone()) {
          found.setResult(value);
        }
      }
      case Op.Fail(var promise, var message) -> {
        Promise<Object> found = world.promises.get(promise);
        say(op + (found.isDone() ? " refused" : ""));
        if (!found.isDone()) {
          found.setException(new ProgramFailure(message));
        }
      }
      case Op.Cancel(var future, var message) -> {
        Future<?> found = world.futures.get(future);
        say(op + " " + (found == null ? "absent" : found.cancel(message)));
      }
      case Op.Uncancel() -> say("uncancel leaves " + task.uncancel());
      case Op.Look() -> say("is cancelling " + task.cancelling() + ", all " + world.unfinished());
      case Op.Gather(var future, var of, var outcomes) -> {
        Map<String, Future<?>> known = known(of);
        List<Future<Object>> children =
            of.stream().filter(known::containsKey).map(known::get).map(RealBody::ofAny).toList();
        world.futures.put(
            future, outcomes ? Asyncio.gatherOutcomes(children) : Asyncio.gather(children));
        say("gathers " + future + " of " + known.keySet());
      }
      case Op.Shield(var future, var of) -> {
        Future<?> inner = world.futures.get(of);
        say(op + (inner == null ? " absent" : ""));
        if (inner != null) {
          world.futures.put(future, Asyncio.shield(inner));
        }
      }
      case Op.Reschedule(var limit, var units) -> reschedule(op, limit, units);
      case Op.Dissolve(var group) -> {
        TaskGroup known = world.groups.get(group);
        say(op + (known == null ? " absent" : ""));
        if (known != null) {
          known.cancel();
        }
      }
      case Op.SetEvent(var event) -> {
        say(op.toString());
        world.events.get(event).set();
      }
      case Op.ClearEvent(var event) -> {
        say(op.toString());
        world.events.get(event).clear();
      }
      default -> throw new IllegalArgumentException("what is " + op);
    }
  }

  private void join(String group, String child, boolean eager, List<Op> body) {
    TaskGroup known = world.groups.get(group);
    if (known == null) {
      say("refused " + child);
      return;
    }
    int before = world.trace.size();
    say("creates " + child);
    try {
      world.spawn(child, eager, body, known::createTask);
      say("created " + child);
    } catch (IllegalStateException closed) {
      world.trace.subList(before, world.trace.size()).clear();
      say("refused " + child);
    }
  }

  private void reschedule(Op op, String limit, int units) {
    Timeout known = world.limits.get(limit);
    boolean refused = known == null;
    if (known != null) {
      try {
        if (units < 0) {
          known.reschedule(Timeout.NEVER);
        } else {
          known.reschedule(VirtualTimeLoop.units(units));
        }
      } catch (IllegalStateException notActive) {
        refused = true;
      }
    }
    say(op + (refused ? " refused" : ""));
  }

  private Ending runTry(Op.Try tried) throws Exception {
    Ending end = null;
    Throwable escaping = null;
    try {
      end = caught(tried);
    } catch (Throwable thrown) {
      escaping = thrown;
    }
    Ending last = run(tried.last());
    if (last instanceof Returned) {
      return last;
    }
    return switch (escaping) {
      case null -> end;
      case Error error -> throw error;
      case Exception exception -> throw exception;
      default -> throw new AssertionError(escaping);
    };
  }

  private Ending caught(Op.Try tried) throws Exception {
    try {
      return run(tried.body());
    } catch (Throwable thrown) {
      if (!catches(tried.catching(), thrown)) {
        throw thrown;
      }
      say("catches " + RealWorld.show(thrown));
    }
    if (tried.catching() == Op.Catching.CANCELLATION_AND_UNCANCEL) {
      say("uncancel leaves " + task.uncancel());
    }
    return run(tried.handler());
  }

  private static boolean catches(Op.Catching catching, Throwable thrown) {
    return switch (catching) {
      case NOTHING -> false;
      case CANCELLATION, CANCELLATION_AND_UNCANCEL -> thrown instanceof CancelledError;
      case FAILURE -> thrown instanceof Exception;
      case ANY -> thrown instanceof CancelledError || thrown instanceof Exception;
    };
  }

  private String waitFor(Map<String, Future<?>> futures, ReturnWhen mode, int limit) {
    List<Future<Object>> all = futures.values().stream().map(RealBody::ofAny).toList();
    var result =
        limit < 0
            ? Asyncio.waitUntil(all, mode)
            : Asyncio.waitUntil(all, mode, VirtualTimeLoop.units(limit));
    List<String> done = new ArrayList<>();
    futures.forEach((each, future) -> {
      if (result.done().contains(future)) {
        done.add(each);
      }
    });
    return "done " + done;
  }

  private void answering(Op op, Callable<?> action) throws Exception {
    Object value;
    try {
      value = action.call();
    } catch (Throwable thrown) {
      say(op + " results in " + RealWorld.show(thrown));
      throw thrown;
    }
    say(op + " results in " + RealWorld.show(value));
  }

  private Ending leaving(String what, Callable<Ending> block) throws Exception {
    try {
      Ending end = block.call();
      say(
          "leaves "
              + what
              + " "
              + (end instanceof Returned(var value) ? RealWorld.show(value) : Show.NOTHING));
      // A group that was cancelled returns nothing.
      return end == null ? FINISHED : end;
    } catch (Throwable thrown) {
      say("leaves " + what + " " + RealWorld.show(thrown));
      throw thrown;
    }
  }

  private Future<?> awaited(String future) {
    Future<?> found = world.futures.get(future);
    say("awaits " + future + (found == null ? " absent" : ""));
    return found;
  }

  private Map<String, Future<?>> known(List<String> names) {
    Map<String, Future<?>> known = new LinkedHashMap<>();
    for (String each : names) {
      Future<?> found = world.futures.get(each);
      if (found != null) {
        known.put(each, found);
      }
    }
    return known;
  }

  @SuppressWarnings("unchecked") // only reads
  private static Future<Object> ofAny(Future<?> future) {
    return (Future<Object>) future;
  }

  private void say(String what) {
    world.say(name, what);
  }
}
