package org.asyncio4j.spi;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.bootstrap.GroupChildren;
import org.asyncio4j.spi.internal.cycle.LoopThread;
import org.jspecify.annotations.Nullable;

/** Finds the loop on whose thread the caller is. */
public final class RunningLoop {

  private RunningLoop() {}

  /**
   * Notes that a loop is returned to its user, who must close it. A loop that is collected before
   * that, and before anything was scheduled on it, is not reported: its constructor may have
   * failed.
   *
   * @param loop the loop; nothing happens unless it extends {@link BaseEventLoop}
   */
  public static void opened(EventLoop loop) {
    if (loop instanceof BaseEventLoop base) {
      base.core().forgotten().loopWasOpened();
    }
  }

  /**
   * Calls an action when a loop closes, or now if it is closed. Callable from any thread.
   *
   * @param loop the loop; nothing happens unless it extends {@link BaseEventLoop}
   * @param action the action, called once or twice; must not throw
   * @return an action that withdraws it
   */
  public static Runnable onClose(EventLoop loop, Runnable action) {
    return loop instanceof BaseEventLoop base ? base.core().onClose(action) : RunningLoop::nothing;
  }

  /**
   * Throws if a loop runs and the caller is on another thread. Each method of a transport, a server
   * or a socket that changes something or uses the descriptor begins with this call. It costs a few
   * nanoseconds on the loop's thread.
   *
   * @param loop the loop; nothing happens unless it extends {@link BaseEventLoop}
   * @param operation the method, for the message
   * @throws WrongThreadException if the loop runs and the caller is not on its thread
   */
  public static void ensureOwner(EventLoop loop, String operation) {
    if (loop instanceof BaseEventLoop) {
      LoopThread.ensureOwner(loop, operation);
    }
  }

  /**
   * Notifies a task that the block that it has begun is a group. Called on the loop's thread.
   *
   * @param task the task that runs the group
   * @param children the children of the group
   * @return an action that ends the block
   */
  @SuppressWarnings("exports") // only api calls it, through its bootstrap
  public static Runnable openGroup(Task<?> task, GroupChildren children) {
    HeldBody body = task instanceof CancellableTask<?> builtin ? builtin.held() : null;
    return body == null ? RunningLoop::nothing : body.openGroup(children);
  }

  /**
   * {@return the loop whose task or callback is calling, or {@code null}} Callable from any thread.
   */
  public static @Nullable BaseEventLoop runningLoop() {
    return (BaseEventLoop) LoopThread.running();
  }

  private static void nothing() {
    // There is nothing to withdraw.
  }
}
