package org.asyncio4j.spi.tasks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.fixture.TestLoop;

/** A loop that can park the code that has driven a coroutine, before it learns the outcome. */
final class LateCreators extends TestLoop {

  private boolean delayNext;
  private volatile Thread delayed;
  private volatile boolean goOn;

  LateCreators() {
    super(LoopContext.defaults().withCoroutines(CoroutineMode.CARRIER));
  }

  /** Parks the driver of the next coroutine after its first step. */
  void delayNext() {
    delayNext = true;
  }

  boolean isDelaying() {
    return isWaiting(delayed);
  }

  void goOn() {
    goOn = true;
    LockSupport.unpark(delayed);
  }

  @Override
  @SuppressWarnings("unchecked") // a proxy of the coroutine's own interface
  public <T> Coroutine<T> newCoroutine(
      String threadName, Callable<? extends T> body, Runnable onRunnable) {
    Coroutine<T> coroutine = super.newCoroutine(threadName, body, onRunnable);
    if (!delayNext) {
      return coroutine;
    }
    delayNext = false;
    return (Coroutine<T>)
        Proxy.newProxyInstance(
            Coroutine.class.getClassLoader(),
            new Class<?>[] {Coroutine.class},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(coroutine, arguments);
                if (method.getName().equals("send")) {
                  delay();
                }
                return answer;
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  private void delay() {
    if (delayed == null) {
      delayed = Thread.currentThread();
      while (!goOn) {
        LockSupport.park(this);
      }
    }
  }
}
