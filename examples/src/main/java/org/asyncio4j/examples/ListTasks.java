package org.asyncio4j.examples;

import java.time.Duration;
import java.util.Comparator;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;

/** Prints the tasks of a program and where each of them waits. */
final class ListTasks {

  static void main() {
    Asyncio.run(() -> {
      Asyncio.createTask(ListTasks::cook, TaskOptions.named("cook"));
      Asyncio.createTask(ListTasks::clean, TaskOptions.named("clean"));
      Asyncio.sleep(Duration.ZERO);
      Asyncio.allTasks().stream()
          .sorted(Comparator.comparing(Task::name))
          .forEach(ListTasks::print);
    });
  }

  private static void print(Task<?> task) {
    String where =
        task.stack().stream()
            .filter(frame -> frame.getClassName().equals(ListTasks.class.getName()))
            .map(StackTraceElement::getMethodName)
            .findFirst()
            .orElse("nowhere");
    IO.println(task.name() + ": " + where);
  }

  private static void cook() {
    Asyncio.sleep(Duration.ofHours(1));
  }

  private static void clean() {
    Asyncio.sleep(Duration.ofHours(2));
  }
}
