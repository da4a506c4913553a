package org.asyncio4j.benchmarks.echo;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** The load generator, as those who measure see it. */
final class Load implements AutoCloseable {

  private final ChildJvm generator;

  private Load(ChildJvm generator) {
    this.generator = generator;
  }

  static Load start(OptionalInt processor) throws IOException {
    List<String> flags = List.of("-XX:+UseSerialGC", "-Xms128m", "-Xmx128m");
    return new Load(ChildJvm.start(LoadGenerator.class, flags, List.of(), processor));
  }

  /** Keeps a server busy and watches it. */
  Sample sample(ServerProcess server, Cell cell, int settleMillis, int sampleMillis)
      throws IOException {
    generator.tell(
        "%d %d %d %d %d"
            .formatted(
                server.port(), cell.connections(), cell.bytes(), settleMillis, sampleMillis));
    generator.expect("begin");
    CpuTime cpu = CpuTime.of(server.pid());
    MachineLoad machine = MachineLoad.now();
    String[] seen = generator.expect("end").split(" ", -1);
    return new Sample(
        Long.parseLong(seen[0]),
        Long.parseLong(seen[1]),
        CpuTime.of(server.pid()).minus(cpu),
        MachineLoad.now().minus(machine));
  }

  @Override
  public void close() {
    generator.close();
  }
}
