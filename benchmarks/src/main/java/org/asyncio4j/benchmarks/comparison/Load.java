package org.asyncio4j.benchmarks.comparison;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** Controls the process of the {@link LoadGenerator}. */
final class Load implements AutoCloseable {

  private final ChildProcess generator;

  private Load(ChildProcess generator) {
    this.generator = generator;
  }

  static Load start(Class<?> main, OptionalInt processor) throws IOException {
    List<String> flags = List.of("-XX:+UseSerialGC", "-Xms128m", "-Xmx128m");
    return new Load(ChildProcess.startJvm(main, flags, List.of(), processor));
  }

  /** Keeps a server busy and measures it. */
  Sample sample(ServerProcess server, Cell cell, int settleMillis, int sampleMillis)
      throws IOException {
    generator.send("%d %s %d %d".formatted(server.port(), cell, settleMillis, sampleMillis));
    generator.expect("begin");
    CpuSnapshot cpu = CpuSnapshot.of(server.pid());
    MachineLoad machine = MachineLoad.now();
    String[] seen = generator.expect("end").split(" ", -1);
    Sample sample =
        new Sample(
            Long.parseLong(seen[0]),
            Long.parseLong(seen[1]),
            CpuSnapshot.of(server.pid()).since(cpu),
            MachineLoad.now().minus(machine));
    generator.send("close");
    return sample;
  }

  @Override
  public void close() {
    generator.close();
  }
}
