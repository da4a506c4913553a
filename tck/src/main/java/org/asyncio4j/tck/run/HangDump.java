package org.asyncio4j.tck.run;

import java.util.List;
import java.util.Map;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.probe.LoopFixture;

/** Shows the stacks of all threads and tasks when a rule hangs. */
final class HangDump {

  private static final int DEPTH = 24;

  private HangDump() {}

  static String of(Thread rule, LoopFixture fixture) {
    StringBuilder dump = new StringBuilder();
    appendThread(dump, rule, rule.getStackTrace());
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      if (entry.getKey() != rule && LeakCheck.isOfInterest(entry.getKey())) {
        appendThread(dump, entry.getKey(), entry.getValue());
      }
    }
    appendTasks(dump, fixture);
    return dump.toString();
  }

  private static void appendThread(StringBuilder dump, Thread thread, StackTraceElement[] stack) {
    dump.append("%s (%s)%n".formatted(LeakCheck.nameOf(thread), thread.getState()));
    appendStack(dump, List.of(stack));
  }

  private static void appendTasks(StringBuilder dump, LoopFixture fixture) {
    try {
      for (Task<?> task : fixture.tasks()) {
        dump.append("task %s%n".formatted(task));
        appendStack(dump, task.stack());
      }
    } catch (RuntimeException | Error unreadable) {
      dump.append("cannot read the tasks: %s%n".formatted(unreadable));
    }
  }

  private static void appendStack(StringBuilder dump, List<StackTraceElement> stack) {
    for (StackTraceElement element : stack.subList(0, Math.min(DEPTH, stack.size()))) {
      dump.append("    at %s%n".formatted(element));
    }
  }
}
