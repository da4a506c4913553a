package org.asyncio4j.tck.probe;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.hooks.HookCall;
import org.asyncio4j.spi.hooks.HookObserver;

/** The calls of a loop's hooks, in order. May be read by any thread. */
public final class HookLog {

  private final Queue<HookCall> calls = new ConcurrentLinkedQueue<>();

  private HookLog() {}

  /**
   * Starts to record the calls of a loop's hooks, except {@code poll}, {@code flush} and {@code
   * wakeUp}, whose number has no meaning.
   *
   * @param loop the loop
   * @return the log
   * @throws NotApplicableException if the loop has no such hooks
   */
  public static HookLog of(EventLoop loop) {
    HookLog log = new HookLog();
    observe(
        loop,
        call -> {
          if (!isOfEachTick(call.hook())) {
            log.calls.add(call);
          }
        });
    return log;
  }

  /**
   * Adds an observer of every call of a loop's hooks.
   *
   * @param loop the loop
   * @param observer receives the calls
   * @throws NotApplicableException if the loop has no such hooks
   */
  public static void observe(EventLoop loop, HookObserver observer) {
    if (!(loop instanceof BaseEventLoop base)) {
      throw new NotApplicableException("the loop does not extend BaseEventLoop");
    }
    base.setHookObserver(observer);
  }

  /**
   * Returns whether a loop calls a hook repeatedly, independent of the operations that are
   * requested.
   *
   * @param hook its name
   * @return whether it is such a hook
   */
  public static boolean isOfEachTick(String hook) {
    return switch (hook) {
      case "poll", "flush", "wakeUp" -> true;
      default -> false;
    };
  }

  /** {@return the names of the hooks that were called, in order} */
  public List<String> names() {
    return calls.stream().map(HookCall::hook).toList();
  }

  /**
   * Returns the calls of one hook.
   *
   * @param hook its name
   * @return the calls, in order
   */
  public List<HookCall> callsOf(String hook) {
    return calls.stream().filter(call -> call.hook().equals(hook)).toList();
  }

  /**
   * Returns the parameters of one hook.
   *
   * @param hook its name
   * @param type the type of its parameter
   * @param <R> the type of its parameter
   * @return the parameters, in the order of the calls
   */
  public <R> List<R> requests(String hook, Class<R> type) {
    return callsOf(hook).stream().map(HookCall::request).map(type::cast).toList();
  }
}
