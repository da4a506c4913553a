package org.asyncio4j.spi.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.asyncio4j.tasks.ReturnWhen;

/**
 * Makes a program of a seed, the same each time.
 *
 * <p>Tasks and gatherings have ranks, and await only those of higher ranks: a cycle of tasks that
 * await each other cannot be cancelled in asyncio either (RecursionError), and a group whose child
 * awaits its parent never ends. Cycles in which a task waits by {@code wait}, {@code shield}, a
 * lock or a queue are not excluded.
 */
final class ProgramGenerator {

  private static final int DEPTH = 4;

  private final SplittableRandom random;
  private final Map<String, Double> ranks = new HashMap<>();
  private final List<String> freeTasks = new ArrayList<>();
  private final List<String> freeFutures = new ArrayList<>();
  private final List<String> futures = new ArrayList<>();
  private final List<String> limits = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private int budget;
  private int texts;

  private ProgramGenerator(long seed) {
    random = new SplittableRandom(seed);
    budget = 6 + random.nextInt(30);
    declare("t0", 0);
    for (int i = 1; i <= 1 + random.nextInt(6); i++) {
      freeTasks.add(declare("t" + i, random.nextDouble()));
    }
    for (int i = 1; i <= 3; i++) {
      freeFutures.add(declare("f" + i, random.nextDouble()));
    }
    Program.PROMISES.forEach(promise -> declare(promise, 1));
  }

  static Program generate(long seed) {
    return new ProgramGenerator(seed).program();
  }

  private Program program() {
    return new Program(block("t0", DEPTH, 4 + random.nextInt(8)));
  }

  private String declare(String future, double rank) {
    ranks.put(future, rank);
    futures.add(future);
    return future;
  }

  private List<Op> block(String owner, int depth, int longest) {
    List<Op> ops = new ArrayList<>();
    int length = 1 + random.nextInt(longest);
    while (ops.size() < length && budget > 0) {
      budget--;
      ops.add(op(owner, depth));
    }
    return List.copyOf(ops);
  }

  private Op op(String owner, int depth) {
    if (depth > 0 && random.nextInt(100) < 45) {
      return compound(owner, depth - 1);
    }
    return random.nextInt(100) < 55 ? waiting(owner) : immediate(owner);
  }

  private Op compound(String owner, int depth) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> spawned(0, (task, body) -> new Op.Spawn(task, eager(), body), depth);
      case 3, 4, 5 -> {
        if (groups.isEmpty()) {
          yield group(owner, depth);
        }
        String group = one(groups);
        yield spawned(
            ranks.get(group), (task, body) -> new Op.Join(group, task, eager(), body), depth);
      }
      case 6 -> group(owner, depth);
      case 7, 8 -> tried(owner, depth);
      case 9, 10 -> {
        String limit = "d" + (limits.size() + 1);
        limits.add(limit);
        yield new Op.Limit(limit, random.nextInt(6), block(owner, depth, 4));
      }
      default -> new Op.Locked(one(Program.LOCKS), block(owner, depth, 3));
    };
  }

  private interface OfBody {
    Op make(String task, List<Op> body);
  }

  private Op spawned(double leastRank, OfBody maker, int depth) {
    List<String> free = freeTasks.stream().filter(task -> ranks.get(task) > leastRank).toList();
    if (free.isEmpty()) {
      return new Op.Sleep(random.nextInt(3));
    }
    String task = one(free);
    freeTasks.remove(task);
    return maker.make(task, block(task, depth, 5));
  }

  private Op group(String owner, int depth) {
    String group = "g" + (groups.size() + 1);
    groups.add(group);
    ranks.put(group, ranks.get(owner));
    return new Op.Group(group, block(owner, depth, 6));
  }

  private Op tried(String owner, int depth) {
    List<Op> body = block(owner, depth, 4);
    Op.Catching catching = one(List.of(Op.Catching.values()));
    List<Op> handler =
        catching == Op.Catching.NOTHING || random.nextBoolean()
            ? List.of()
            : block(owner, depth, 2);
    List<Op> last = random.nextInt(3) > 0 ? List.of() : block(owner, depth, 2);
    return new Op.Try(body, catching, handler, last);
  }

  private Op waiting(String owner) {
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> new Op.Sleep(0);
      case 4, 5, 6 -> new Op.Sleep(1 + random.nextInt(5));
      case 7, 8, 9, 10 -> new Op.Await(awaitable(owner));
      case 11, 12 -> new Op.WaitFor(awaitable(owner), random.nextInt(6));
      case 13, 14 ->
          new Op.Wait(
              several(futures, 1 + random.nextInt(3)),
              one(List.of(ReturnWhen.values())),
              random.nextInt(7) - 3);
      case 15 -> new Op.Put(one(Program.QUEUES), random.nextInt(100));
      case 16 -> new Op.Get(one(Program.QUEUES));
      case 17, 18 -> new Op.AwaitEvent(one(Program.EVENTS));
      default -> new Op.Await(one(Program.PROMISES));
    };
  }

  private Op immediate(String owner) {
    return switch (random.nextInt(25)) {
      case 0, 1, 2 -> new Op.Complete(one(Program.PROMISES), random.nextInt(100));
      case 3 -> new Op.Fail(one(Program.PROMISES), text("x"));
      case 4, 5, 6, 7, 8, 9 ->
          new Op.Cancel(one(futures), random.nextInt(4) == 0 ? null : text("m"));
      case 10 -> new Op.Uncancel();
      case 11, 12 -> new Op.Look();
      case 13, 14 -> new Op.Throw(text("x"));
      case 15 -> new Op.Return(random.nextInt(100));
      case 16, 17 ->
          made(future -> {
            List<String> above = above(ranks.get(future));
            return new Op.Gather(future, several(above, random.nextInt(4)), random.nextBoolean());
          });
      case 18 -> made(future -> new Op.Shield(future, one(futures)));
      case 19 -> new Op.SetEvent(one(Program.EVENTS));
      case 20 -> new Op.ClearEvent(one(Program.EVENTS));
      case 21, 22 ->
          limits.isEmpty() ? new Op.Look() : new Op.Reschedule(one(limits), random.nextInt(7) - 1);
      case 23 -> groups.isEmpty() ? new Op.Look() : new Op.Dissolve(one(groups));
      default -> random.nextInt(5) == 0 ? new Op.Await(owner) : new Op.Cancel(owner, text("m"));
    };
  }

  private Op made(Function<String, Op> maker) {
    return freeFutures.isEmpty() ? new Op.Look() : maker.apply(freeFutures.removeFirst());
  }

  private String awaitable(String owner) {
    return one(above(ranks.get(owner)));
  }

  private List<String> above(double rank) {
    return futures.stream().filter(future -> ranks.get(future) > rank).toList();
  }

  private List<String> several(List<String> from, int count) {
    IntFunction<String> pick = _ -> one(from);
    return IntStream.range(0, count).mapToObj(pick).toList();
  }

  private <T> T one(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private boolean eager() {
    return random.nextInt(4) == 0;
  }

  private String text(String kind) {
    return kind + ++texts;
  }
}
