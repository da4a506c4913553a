package org.asyncio4j.tck;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.asyncio4j.tck.cli.ConformanceCommand;
import org.asyncio4j.tck.run.Discovery;
import picocli.CommandLine;

/**
 * Runs the rules of SPEC.md on loops, without JUnit; {@code --help} shows the options and the exit
 * codes.
 */
public final class Main {

  private static final int MISUSED = 2;

  private Main() {}

  /**
   * Runs the kit and ends the program.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    try {
      return run(args, Discovery.run(), System.out, System.err);
    } catch (ServiceConfigurationError broken) {
      System.err.println("asyncio4j-tck: cannot look for loops: " + broken.getMessage());
      return MISUSED;
    }
  }

  static int run(String[] args, Discovery found, PrintStream out, PrintStream err) {
    boolean terminal = Optional.ofNullable(System.console()).stream().anyMatch(Console::isTerminal);
    return new CommandLine(new ConformanceCommand(found, out, terminal))
        .setOut(new PrintWriter(out, true, out.charset()))
        .setErr(new PrintWriter(err, true, err.charset()))
        .setExecutionExceptionHandler((failure, _, _) -> {
          err.println("asyncio4j-tck: " + failure.getMessage());
          return MISUSED;
        })
        .execute(args);
  }
}
