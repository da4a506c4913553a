package org.example.termination;

import org.asyncio4j.Asyncio;

/** The program that a test terminates: one method for each test, in a class for each subject. */
@SuppressWarnings("SystemOut") // the test checks the output
public final class TerminatedProgram {

  private TerminatedProgram() {}

  /**
   * Runs.
   *
   * @param arguments the name of the test
   */
  public static void main(String[] arguments) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
    switch (arguments[0]) {
      case "once" -> CleanUpPrograms.once();
      case "twice" -> CleanUpPrograms.twice();
      case "swallowing" -> Asyncio.run(StubbornPrograms::swallow, Limits.HURRIED);
      case "blocking" -> Asyncio.run(StubbornPrograms::block, Limits.HURRIED);
      case "pooled" -> StubbornPrograms.pooled();
      case "done-in-a-pool" -> StubbornPrograms.doneInAPool();
      case "sleeping" -> CleanUpPrograms.sleeping();
      case "unlimited" -> CleanUpPrograms.unlimited();
      case "off" -> HandlerPrograms.off();
      case "between" -> RunnerPrograms.between();
      case "before" -> RunnerPrograms.before();
      case "closing" -> CleanUpPrograms.closing();
      case "after" -> RunnerPrograms.after();
      case "exiting" -> CleanUpPrograms.exiting();
      case "interrupted" -> CleanUpPrograms.interrupted();
      case "two" -> RunnerPrograms.two("TERM");
      case "two-interrupted" -> RunnerPrograms.two("INT");
      case "outlasting" -> RunnerPrograms.outlasting();
      case "foreign" -> HandlerPrograms.foreign();
      case "replaced" -> HandlerPrograms.replaced();
      case "killed" -> HandlerPrograms.killed();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }
}
