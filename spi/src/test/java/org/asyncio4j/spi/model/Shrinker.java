package org.asyncio4j.spi.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes a program smaller as long as it still fails. */
final class Shrinker {

  private final Predicate<Program> fails;

  private Shrinker(Predicate<Program> fails) {
    this.fails = fails;
  }

  /** Returns a program that fails, while no smaller version tried here does. */
  static Program shrink(Program failing, Predicate<Program> fails) {
    return new Shrinker(fails).shrink(failing);
  }

  private Program shrink(Program failing) {
    Program smallest = failing;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (List<Op> candidate : smaller(smallest.main()).toList()) {
        Program tried = new Program(candidate);
        if (fails.test(tried)) {
          smallest = tried;
          smaller = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static Stream<List<Op>> smaller(List<Op> ops) {
    Stream<List<Op>> candidates = Stream.empty();
    for (int i = 0; i < ops.size(); i++) {
      candidates = Stream.concat(candidates, smallerAt(ops, i));
    }
    return candidates;
  }

  private static Stream<List<Op>> smallerAt(List<Op> ops, int at) {
    Op op = ops.get(at);
    Stream<List<Op>> without = Stream.of(List.of());
    Stream<List<Op>> unwrapped = isTask(op) ? Stream.empty() : op.blocks().stream();
    Stream<List<Op>> simpler = simpler(op).map(List::of);
    Stream<List<Op>> inside =
        Stream.iterate(0, block -> block < op.blocks().size(), block -> block + 1)
            .flatMap(block -> smallerInside(op, block));
    return Stream.of(without, unwrapped, simpler, inside)
        .flatMap(replacements -> replacements)
        .map(replacement -> replaced(ops, at, replacement));
  }

  private static Stream<List<Op>> smallerInside(Op op, int block) {
    return smaller(op.blocks().get(block))
        .map(smaller -> {
          List<List<Op>> blocks = new ArrayList<>(op.blocks());
          blocks.set(block, smaller);
          return List.of(op.with(blocks));
        });
  }

  // Statements of a task cannot move to its creator: the two have different names and ranks.
  private static boolean isTask(Op op) {
    return op instanceof Op.Spawn || op instanceof Op.Join;
  }

  private static Stream<Op> simpler(Op op) {
    return switch (op) {
      case Op.Sleep(var units) when units > 0 -> Stream.of(new Op.Sleep(units - 1));
      case Op.Spawn(var task, var eager, var body) when eager ->
          Stream.of(new Op.Spawn(task, false, body));
      case Op.Join(var group, var task, var eager, var body) when eager ->
          Stream.of(new Op.Join(group, task, false, body));
      case Op.Join(var _, var task, var eager, var body) ->
          Stream.of(new Op.Spawn(task, eager, body));
      case Op.WaitFor(var future, var units) -> Stream.of(new Op.Await(future));
      case Op.Gather(var future, var of, var outcomes) when !of.isEmpty() ->
          without(of).map(fewer -> new Op.Gather(future, fewer, outcomes));
      case Op.Wait(var of, var mode, var limit) when of.size() > 1 ->
          without(of).map(fewer -> new Op.Wait(fewer, mode, limit));
      default -> Stream.empty();
    };
  }

  private static Stream<List<String>> without(List<String> names) {
    return Stream.iterate(0, at -> at < names.size(), at -> at + 1)
        .map(at -> {
          List<String> fewer = new ArrayList<>(names);
          fewer.remove(at.intValue());
          return fewer;
        });
  }

  private static List<Op> replaced(List<Op> ops, int at, List<Op> replacement) {
    List<Op> changed = new ArrayList<>(ops.subList(0, at));
    changed.addAll(replacement);
    changed.addAll(ops.subList(at + 1, ops.size()));
    return List.copyOf(changed);
  }
}
