package org.asyncio4j.spi.model;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.asyncio4j.spi.CoroutineMode;

/** Compares the behavior of programs on a loop and in the model. */
final class Comparison {

  // A loop of its own for each program would take most of the time.
  private static final int PROGRAMS_A_LOOP = 500;

  private final CoroutineMode mode;
  private final Function<CoroutineMode, VirtualTimeLoop> opener;

  Comparison(CoroutineMode mode, Function<CoroutineMode, VirtualTimeLoop> opener) {
    this.mode = mode;
    this.opener = opener;
  }

  /** Returns a report on the first program that differs, shrunk; nothing if none does. */
  List<String> differences(long firstSeed, long count) {
    for (long seed = firstSeed; seed < firstSeed + count; seed += PROGRAMS_A_LOOP) {
      long end = Math.min(seed + PROGRAMS_A_LOOP, firstSeed + count);
      List<Program> programs =
          LongStream.range(seed, end).mapToObj(ProgramGenerator::generate).toList();
      List<List<String>> traces = ProgramRunner.run(programs, mode, opener);
      for (int i = 0; i < programs.size(); i++) {
        if (!ReferenceModel.trace(programs.get(i)).equals(traces.get(i))) {
          return List.of(report(seed + i, programs.get(i)));
        }
      }
    }
    return List.of();
  }

  /** On a loop of its own. */
  boolean differs(Program program) {
    return !ReferenceModel.trace(program).equals(traceOf(program));
  }

  private List<String> traceOf(Program program) {
    return ProgramRunner.run(List.of(program), mode, opener).getFirst();
  }

  private String report(long seed, Program program) {
    if (!differs(program)) {
      return """
      seed %d on %s differs, but not on a loop of its own: a program before it left something behind
      replay: -Dasyncio4j.test.seed=%d -Dasyncio4j.test.programs=%d
      """
          .formatted(seed, mode, Math.max(0, seed - PROGRAMS_A_LOOP), 2 * PROGRAMS_A_LOOP);
    }
    Program shrunk = Shrinker.shrink(program, this::differs);
    return """
    seed %d on %s differs from the model
    replay: -Dasyncio4j.test.seed=%d -Dasyncio4j.test.programs=1
    program, shrunk from %d statements to %d:
    %s
    what the model does | what the loop does
    %s\
    """
        .formatted(
            seed,
            mode,
            seed,
            program.size(),
            shrunk.size(),
            shrunk.text(),
            sideBySide(ReferenceModel.trace(shrunk), traceOf(shrunk)));
  }

  private static String sideBySide(List<String> model, List<String> loop) {
    int width = model.stream().mapToInt(String::length).max().orElse(0);
    return IntStream.range(0, Math.max(model.size(), loop.size()))
        .mapToObj(at -> Stream.of(at(model, at), at(loop, at)).toList())
        .map(line ->
            "%s %s | %s"
                .formatted(
                    line.get(0).equals(line.get(1)) ? " " : "#",
                    line.get(0) + " ".repeat(Math.max(0, width - line.get(0).length())),
                    line.get(1)))
        .collect(Collectors.joining("\n"));
  }

  private static String at(List<String> trace, int index) {
    return index < trace.size() ? trace.get(index) : "";
  }
}
