package org.asyncio4j.spi.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.TestLoop;

/** Tasks of a test, and their notes. */
final class Crew {

  private final TestLoop loop;
  private final List<Task<Boolean>> tasks = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private Crew(TestLoop loop) {
    this.loop = loop;
  }

  /** Runs a test in a task of a loop, and expects that no task of its crew is left. */
  static void on(CoroutineMode mode, Consumer<Crew> test) {
    try (TestLoop loop = TestLoop.on(mode)) {
      Crew crew = new Crew(loop);
      loop.run(() -> {
        test.accept(crew);
        return true;
      });
      assertThat(crew.tasks).allMatch(Task::isDone, "is done");
    }
  }

  TestLoop loop() {
    return loop;
  }

  /** Creates a task, which has not begun when this returns. */
  Task<Boolean> create(ThrowingRunnable<? extends Exception> body) {
    Task<Boolean> task =
        loop.createTask(() -> {
          body.run();
          return true;
        });
    tasks.add(task);
    return task;
  }

  /** Creates a task and lets it run up to where it waits first. */
  Task<Boolean> start(ThrowingRunnable<? extends Exception> body) {
    Task<Boolean> task = create(body);
    Awaiter.yieldOnce();
    return task;
  }

  void note(String event) {
    notes.add(event);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  Task<Boolean> task(int index) {
    return tasks.get(index);
  }

  /** Lets the other tasks run for the given number of ticks. */
  static void yield(int ticks) {
    for (int i = 0; i < ticks; i++) {
      Awaiter.yieldOnce();
    }
  }

  /** Lets the others run until all of them are done. */
  void join() {
    TestLoop.yieldUntil(() -> tasks.stream().allMatch(Task::isDone));
  }

  /** Lets the others run until all of them are done; none may have failed or been cancelled. */
  void joinWell() {
    join();
    assertThat(tasks).allSatisfy(task -> assertThat(task.result()).isTrue());
  }
}
