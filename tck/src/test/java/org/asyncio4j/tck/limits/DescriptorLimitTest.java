package org.asyncio4j.tck.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncio4j.spi.Availability.Available;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.readiness.DriverProvider;
import org.asyncio4j.tck.EventLoopTck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers in a process that may have few descriptors, with every loop. */
final class DescriptorLimitTest {

  private static final Path SHELL = Path.of("/bin/sh");
  private static final int LIMIT = 256;
  private static final long PATIENCE_SECONDS = 240;

  static Stream<String> loops() {
    return ServiceLoader.load(EventLoopProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(found -> found instanceof DriverProvider)
        .filter(found -> found.availability() instanceof Available)
        .map(EventLoopProvider::name);
  }

  @ParameterizedTest
  @MethodSource("loops")
  void aServerWithoutDescriptorsReportsOncePausesAndContinues(String loop)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(SHELL), "limits are set by a shell");
    String report = "socket.accept() out of system resource";

    assertThat(outputOf(loop).lines())
        .containsExactly(
            "before: x",
            "meanwhile: xxx",
            "reports: [" + report + "]",
            "spins: false",
            "afterwards: x",
            "reports: [" + report + "]",
            "closed: ended",
            "reports: [" + report + ", " + report + "]",
            "still: x",
            "thread: true");
  }

  private static String outputOf(String loop) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(SHELL.toString(), "-c", "ulimit -n " + LIMIT + "; exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", classPath(), HungryServer.class.getName(), loop));
    Path output = Files.createTempFile("hungry", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly().waitFor();
      String text = Files.readString(output);
      assertThat(ended).as("the program ended; it said: %s", text).isTrue();
      return text;
    } finally {
      Files.delete(output);
    }
  }

  private static String classPath() {
    return Stream.of(
            root(HungryServer.class),
            root(EventLoopTck.class),
            System.getProperty("jdk.module.path"),
            System.getProperty("java.class.path"))
        .filter(path -> path != null && !path.isEmpty())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The directory that a class was loaded from, also where it patches a module. */
  private static String root(Class<?> type) {
    String name = type.getName().replace('.', '/') + ".class";
    Path root = Path.of(URI.create(type.getResource("/" + name).toString()));
    for (int i = 0; i < Path.of(name).getNameCount(); i++) {
      root = root.getParent();
    }
    return root.toString();
  }
}
