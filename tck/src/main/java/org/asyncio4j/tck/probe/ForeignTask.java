package org.asyncio4j.tck.probe;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.jspecify.annotations.Nullable;

/** A third-party task without a body: it is done when {@link #finish} is called. */
public class ForeignTask implements Task<String> {

  private final Promise<String> outcome;
  private final Context context = Context.copyCurrent();
  private String name;

  /**
   * Creates a pending task, which is not registered with the loop yet.
   *
   * @param loop the loop
   * @param name the task's name
   */
  public ForeignTask(EventLoop loop, String name) {
    this.outcome = loop.createFuture();
    this.name = name;
  }

  /** Makes the task done. */
  public void finish() {
    outcome.setResult("done");
  }

  @Override
  public EventLoop loop() {
    return outcome.loop();
  }

  @Override
  public boolean isDone() {
    return outcome.isDone();
  }

  @Override
  public boolean isCancelled() {
    return outcome.isCancelled();
  }

  @Override
  public String result() {
    return outcome.result();
  }

  @Override
  public Optional<Throwable> exception() {
    return outcome.exception();
  }

  @Override
  public boolean cancel(@Nullable String message) {
    return outcome.cancel(message);
  }

  @Override
  public void addDoneCallback(Consumer<? super Future<String>> callback, Context with) {
    outcome.addDoneCallback(_ -> callback.accept(this), with);
  }

  @Override
  public int removeDoneCallback(Consumer<? super Future<String>> callback) {
    return 0;
  }

  @Override
  public String await() {
    return outcome.await();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void setName(String changed) {
    name = changed;
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public int cancelling() {
    return 0;
  }

  @Override
  public int uncancel() {
    return 0;
  }

  @Override
  public List<StackTraceElement> stack() {
    return List.of();
  }

  @Override
  public String toString() {
    return "<ForeignTask " + name + ">";
  }
}
