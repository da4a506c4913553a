package org.asyncio4j.tck.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How to start a worker that finds the same loops as this process, with the same flags. */
public final class WorkerCommand {

  private static final String LANG = "--add-opens=java.base/java.lang=";

  private WorkerCommand() {}

  /**
   * Returns the command.
   *
   * @param properties further flags, of the form {@code -Dname=value}
   * @return the words of the command
   */
  public static List<String> of(List<String> properties) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(WorkerCommand::isInherited)
        .forEach(command::add);
    command.addAll(properties);
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("--enable-native-access=ALL-UNNAMED");
    Module kit = Worker.class.getModule();
    if (kit.isNamed()) {
      command.add(LANG + "org.asyncio4j.spi");
      command.addAll(List.of("--module-path", property("jdk.module.path")));
      addClassPath(command);
      command.addAll(
          List.of(
              "--add-modules",
              "ALL-MODULE-PATH",
              "--module",
              kit.getName() + "/" + Worker.class.getName()));
    } else {
      command.add(LANG + "ALL-UNNAMED");
      addClassPath(command);
      command.add(Worker.class.getName());
    }
    return List.copyOf(command);
  }

  // Two processes cannot share the port of a debugger; paths and modules are added below.
  private static boolean isInherited(String flag) {
    return !flag.startsWith("-agentlib:jdwp")
        && !flag.startsWith("-Xrunjdwp")
        && !flag.startsWith("--module-path")
        && !flag.startsWith("--add-modules");
  }

  private static void addClassPath(List<String> command) {
    String classPath = property("java.class.path");
    if (!classPath.isEmpty()) {
      command.addAll(List.of("--class-path", classPath));
    }
  }

  private static String property(String name) {
    return Optional.ofNullable(System.getProperty(name)).orElse("");
  }
}
