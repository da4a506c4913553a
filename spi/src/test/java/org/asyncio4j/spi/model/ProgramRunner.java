package org.asyncio4j.spi.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.asyncio4j.spi.CoroutineMode;

/** Runs programs on a real loop, one after the other: each begins when nothing can run any more. */
final class ProgramRunner {

  private final VirtualTimeLoop loop;
  private final Queue<Program> programs;
  private final List<List<String>> traces = new ArrayList<>();
  private RealWorld world;
  private int rounds;

  private ProgramRunner(VirtualTimeLoop loop, List<Program> programs) {
    this.loop = loop;
    this.programs = new ArrayDeque<>(programs);
  }

  /** Returns a trace for each program. */
  static List<List<String>> run(
      List<Program> programs, CoroutineMode mode, Function<CoroutineMode, VirtualTimeLoop> opener) {
    try (VirtualTimeLoop loop = opener.apply(mode)) {
      ProgramRunner runner = new ProgramRunner(loop, programs);
      loop.setExceptionHandler((_, report) -> runner.world.hear(report));
      loop.whenIdle(runner::idle);
      loop.runForever();
      return runner.traces;
    }
  }

  private void idle() {
    List<String> hanging = world == null ? List.of() : world.unfinished();
    if (!hanging.isEmpty() && rounds++ < ReferenceModel.MOST_ROUNDS) {
      world.say("hang", hanging.toString());
      hanging.forEach(name -> world.futures.get(name).cancel("m0"));
      return;
    }
    if (world != null) {
      conclude(hanging);
    }
    begin();
  }

  private void conclude(List<String> hanging) {
    hanging.forEach(name -> world.say("hang", name + " forever"));
    world.futures.forEach(
        (name, future) -> world.trace.add(Show.end(name, RealWorld.showFuture(future))));
    traces.add(List.copyOf(world.trace));
  }

  private void begin() {
    Program next = programs.poll();
    if (next == null) {
      loop.stop();
      return;
    }
    rounds = 0;
    world = new RealWorld(loop);
    world.spawn("t0", false, next.main(), loop::createTask);
  }
}
