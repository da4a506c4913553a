package org.asyncio4j.spi.tasks;

import java.util.List;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.TaskLifetime;

/** A task that takes its first step as a third party's does, in code that may park. */
final class ParkingStart extends BuiltinFuture<String> implements Task<String>, Runnable {

  private final BaseEventLoop loop;
  private final Runnable inTheMiddle;

  ParkingStart(BaseEventLoop loop, Runnable inTheMiddle) {
    super(loop);
    this.loop = loop;
    this.inTheMiddle = inTheMiddle;
  }

  @Override
  public void run() {
    Task<?> former = TaskLifetime.swapCurrentTask(loop, this);
    TaskLifetime.registerEagerTask(this);
    try {
      inTheMiddle.run();
    } finally {
      TaskLifetime.unregisterEagerTask(this);
      TaskLifetime.swapCurrentTask(loop, former);
    }
  }

  @Override
  public String name() {
    return "child";
  }

  @Override
  public void setName(String name) {
    throw new UnsupportedOperationException("setName");
  }

  @Override
  public Context context() {
    return Context.empty();
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
}
