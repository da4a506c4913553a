package org.asyncio4j.spi.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Interprets the statements of one task in the model; each gets its continuation. */
final class ModelBody {

  private final ModelWorld world;
  private final String name;
  private final ModelTask task;

  ModelBody(ModelWorld world, String name, ModelTask task) {
    this.world = world;
    this.name = name;
    this.task = task;
  }

  void run(List<Op> ops, Consumer<Completion> next) {
    runFrom(ops, 0, next);
  }

  private void runFrom(List<Op> ops, int at, Consumer<Completion> next) {
    if (at == ops.size()) {
      next.accept(Completion.NOTHING);
      return;
    }
    Consumer<Completion> then =
        end -> {
          if (end instanceof Completion.Raised || end instanceof Completion.Returned) {
            next.accept(end);
          } else {
            runFrom(ops, at + 1, next);
          }
        };
    run(ops.get(at), then);
  }

  private void run(Op op, Consumer<Completion> next) {
    switch (op) {
      case Op.Spawn(var child, var eager, var body) -> {
        say("creates " + child);
        ModelTask created = world.spawn(child, eager, body);
        world.futures.putIfAbsent(child, created);
        say("created " + child);
        next.accept(Completion.NOTHING);
      }
      case Op.Await(var future) ->
          withFuture(future, next, found -> task.await(found, answered(op, next)));
      case Op.Sleep(var units) -> {
        say("begins " + op);
        ModelWaits.sleep(task, units, answered(op, next));
      }
      case Op.WaitFor(var future, var units) ->
          withFuture(
              future, next, found -> ModelWaits.waitFor(task, found, units, answered(op, next)));
      case Op.Wait(var of, var mode, var limit) -> {
        Map<String, ModelFuture> found = known(of);
        say("waits for " + found.keySet());
        if (found.isEmpty()) {
          next.accept(Completion.NOTHING);
        } else {
          ModelWaits.wait(task, found, mode, limit, answered(op, next));
        }
      }
      case Op.Throw(var message) ->
          next.accept(
              new Completion.Raised(new ModelException(ModelException.Kind.FAILURE, message)));
      case Op.Return(var value) -> next.accept(new Completion.Returned(String.valueOf(value)));
      case Op.Try tried -> runTry(tried, next);
      case Op.Limit(var limit, var units, var body) -> {
        say("enters " + limit);
        ModelTimeout timeout = new ModelTimeout(task);
        world.limits.put(limit, timeout);
        timeout.reschedule(units);
        run(body, end -> timeout.leave(end, left(limit, next)));
      }
      case Op.Group(var group, var body) -> {
        say("enters " + group);
        ModelGroup entered = new ModelGroup(task);
        world.groups.put(group, entered);
        run(body, end -> entered.leave(end, left(group, next)));
      }
      case Op.Locked(var lock, var body) -> {
        say("acquires " + lock);
        ModelLock known = world.locks.get(lock);
        known.acquire(
            task,
            acquired -> {
              if (acquired instanceof Completion.Raised) {
                next.accept(acquired);
                return;
              }
              say("holds " + lock);
              run(
                  body,
                  end -> {
                    say("releases " + lock);
                    known.release();
                    next.accept(end);
                  });
            });
      }
      case Op.Put(var queue, var value) -> {
        say("begins " + op);
        world.queues.get(queue).put(task, String.valueOf(value), answered(op, next));
      }
      case Op.Get(var queue) -> {
        say("begins " + op);
        world.queues.get(queue).get(task, answered(op, next));
      }
      case Op.AwaitEvent(var event) -> {
        say("begins " + op);
        world.events.get(event).await(task, answered(op, next));
      }
      default -> {
        runAtOnce(op);
        next.accept(Completion.NOTHING);
      }
    }
  }

  private void runAtOnce(Op op) {
    switch (op) {
      case Op.Complete(var promise, var value) -> {
        ModelFuture found = world.futures.get(promise);
        say(op + (found.isDone() ? " refused" : ""));
        if (!found.isDone()) {
          found.setResult(String.valueOf(value));
        }
      }
      case Op.Fail(var promise, var message) -> {
        ModelFuture found = world.futures.get(promise);
        say(op + (found.isDone() ? " refused" : ""));
        if (!found.isDone()) {
          found.setException(new ModelException(ModelException.Kind.FAILURE, message));
        }
      }
      case Op.Cancel(var future, var message) -> {
        ModelFuture found = world.futures.get(future);
        say(op + " " + (found == null ? "absent" : found.cancel(message)));
      }
      case Op.Uncancel() -> say("uncancel leaves " + task.uncancel());
      case Op.Look() -> say("is cancelling " + task.cancelling() + ", all " + world.unfinished());
      case Op.Gather(var future, var of, var outcomes) -> {
        Map<String, ModelFuture> known = known(of);
        List<ModelFuture> children =
            of.stream().filter(known::containsKey).map(known::get).toList();
        ModelGather gather = new ModelGather(world.loop, children, outcomes);
        gather.start();
        world.futures.put(future, gather);
        say("gathers " + future + " of " + known.keySet());
      }
      case Op.Shield(var future, var of) -> {
        ModelFuture inner = world.futures.get(of);
        say(op + (inner == null ? " absent" : ""));
        if (inner != null) {
          world.futures.put(
              future, inner.isDone() ? inner : new ModelShield(world.loop, inner, world.reporter));
        }
      }
      case Op.Reschedule(var limit, var units) -> {
        ModelTimeout known = world.limits.get(limit);
        boolean active = known != null && known.isActive();
        say(op + (active ? "" : " refused"));
        if (active) {
          known.reschedule(units);
        }
      }
      case Op.Join(var group, var child, var eager, var body) -> {
        ModelGroup known = world.groups.get(group);
        if (known == null || !known.isOpen()) {
          say("refused " + child);
        } else {
          say("creates " + child);
          ModelTask created = world.spawn(child, eager, body);
          world.futures.putIfAbsent(child, created);
          known.add(created);
          say("created " + child);
        }
      }
      case Op.Dissolve(var group) -> {
        ModelGroup known = world.groups.get(group);
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
      default -> throw new IllegalStateException("the model does not know " + op);
    }
  }

  private void runTry(Op.Try tried, Consumer<Completion> next) {
    Consumer<Completion> last =
        end ->
            run(
                tried.last(),
                after -> next.accept(after instanceof Completion.Value ? end : after));
    run(
        tried.body(),
        end -> {
          if (end instanceof Completion.Raised(ModelException thrown)
              && catches(tried.catching(), thrown)) {
            say("catches " + thrown.show());
            if (tried.catching() == Op.Catching.CANCELLATION_AND_UNCANCEL) {
              say("uncancel leaves " + task.uncancel());
            }
            run(tried.handler(), last);
          } else {
            last.accept(end);
          }
        });
  }

  private static boolean catches(Op.Catching catching, ModelException thrown) {
    return switch (catching) {
      case NOTHING -> false;
      case CANCELLATION, CANCELLATION_AND_UNCANCEL -> thrown.isCancelled();
      case FAILURE -> !thrown.isCancelled();
      case ANY -> true;
    };
  }

  private Consumer<Completion> answered(Op op, Consumer<Completion> next) {
    return end -> {
      say(op + " results in " + Completion.show(end));
      next.accept(end);
    };
  }

  private Consumer<Completion> left(String what, Consumer<Completion> next) {
    return end -> {
      say("leaves " + what + " " + Completion.show(end));
      next.accept(end);
    };
  }

  private void withFuture(String future, Consumer<Completion> next, Consumer<ModelFuture> action) {
    ModelFuture found = world.futures.get(future);
    say("awaits " + future + (found == null ? " absent" : ""));
    if (found == null) {
      next.accept(Completion.NOTHING);
    } else {
      action.accept(found);
    }
  }

  private Map<String, ModelFuture> known(List<String> names) {
    Map<String, ModelFuture> known = new LinkedHashMap<>();
    for (String each : names) {
      ModelFuture found = world.futures.get(each);
      if (found != null) {
        known.put(each, found);
      }
    }
    return known;
  }

  private void say(String what) {
    world.say(name, what);
  }
}
