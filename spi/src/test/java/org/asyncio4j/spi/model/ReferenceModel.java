package org.asyncio4j.spi.model;

import java.util.List;
import java.util.Map;

/**
 * The behavior of a program in asyncio: one thread, a queue and virtual time; written from the
 * tables of asyncio's behavior and not from the code that it checks.
 */
final class ReferenceModel {

  // Each round ends a wait of each task that hangs, and a program has a limited number of waits.
  static final int MOST_ROUNDS = 50;

  private ReferenceModel() {}

  static List<String> trace(Program program) {
    ModelWorld world = new ModelWorld();
    world.spawn("t0", false, program.main());
    world.loop.runUntilIdle();
    for (int round = 0; round < MOST_ROUNDS && !world.unfinished().isEmpty(); round++) {
      List<String> hanging = world.unfinished();
      world.say("hang", hanging.toString());
      hanging.forEach(name -> world.futures.get(name).cancel("m0"));
      world.loop.runUntilIdle();
    }
    world.unfinished().forEach(name -> world.say("hang", name + " forever"));
    for (Map.Entry<String, ModelFuture> entry : world.futures.entrySet()) {
      world.trace.add(Show.end(entry.getKey(), entry.getValue().show()));
    }
    return List.copyOf(world.trace);
  }
}
