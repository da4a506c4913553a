package org.asyncio4j.spi.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements of the main task {@code t0}. It can use the promises {@code p1} to {@code p3}, the
 * locks {@code l1} and {@code l2}, the events {@code e1} and {@code e2}, and the queues {@code q1}
 * (of one place) and {@code q2} (of any number). Each name is given once.
 */
record Program(List<Op> main) {

  static final List<String> PROMISES = List.of("p1", "p2", "p3");
  static final List<String> LOCKS = List.of("l1", "l2");
  static final List<String> EVENTS = List.of("e1", "e2");
  static final List<String> QUEUES = List.of("q1", "q2");

  static int placesOf(String queue) {
    return queue.equals("q1") ? 1 : 0;
  }

  /** How many statements there are. */
  int size() {
    return size(main);
  }

  private static int size(List<Op> ops) {
    return ops.stream()
        .mapToInt(op -> 1 + op.blocks().stream().mapToInt(Program::size).sum())
        .sum();
  }

  /** One statement a line. */
  String text() {
    return text(main, "");
  }

  private static String text(List<Op> ops, String indent) {
    return ops.stream().map(op -> text(op, indent)).collect(Collectors.joining());
  }

  private static String text(Op op, String indent) {
    String deeper = indent + "  ";
    return switch (op) {
      case Op.Try(var body, var catching, var handler, var last) ->
          indent
              + "Try\n"
              + text(body, deeper)
              + indent
              + "Catch "
              + catching
              + "\n"
              + text(handler, deeper)
              + indent
              + "Finally\n"
              + text(last, deeper);
      default -> {
        List<List<Op>> empty = op.blocks().stream().map(_ -> List.<Op>of()).toList();
        yield indent
            + op.with(empty)
            + "\n"
            + op.blocks().stream().map(block -> text(block, deeper)).collect(Collectors.joining());
      }
    };
  }
}
