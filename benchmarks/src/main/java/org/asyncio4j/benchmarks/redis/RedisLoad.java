package org.asyncio4j.benchmarks.redis;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.asyncio4j.benchmarks.comparison.Cell;
import org.asyncio4j.benchmarks.comparison.Dialogue;
import org.asyncio4j.benchmarks.comparison.LoadGenerator;
import org.asyncio4j.benchmarks.comparison.Workload;

/** The load of the servers; the size in a cell is the number of requests of a message. */
final class RedisLoad implements Workload {

  private final Map<Cell, RedisScript[]> scripts = new HashMap<>();

  private RedisLoad() {}

  /** The program. */
  public static void main(String[] arguments) throws IOException {
    LoadGenerator.run(new RedisLoad());
  }

  @Override
  public Dialogue dialogue(Cell cell, int connection) {
    RedisScript[] ofCell = scripts.computeIfAbsent(cell, RedisLoad::create);
    return new RedisDialogue(ofCell[connection]);
  }

  private static RedisScript[] create(Cell cell) {
    RedisScript[] created = new RedisScript[cell.connections()];
    for (int i = 0; i < created.length; i++) {
      created[i] = RedisScript.of(i, cell.size());
    }
    return created;
  }
}
