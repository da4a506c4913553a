package org.example.termination;

import java.lang.reflect.Proxy;

/** Raises and handles signals in a JVM of a test. */
public final class Signals {

  private Signals() {}

  /** Raises a signal, named without {@code SIG}. */
  public static void raise(String name) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    type.getMethod("raise", type).invoke(null, type.getConstructor(String.class).newInstance(name));
  }

  /** Raises a signal, from a thread of its own, as soon as another thread waits. */
  @SuppressWarnings("ThreadPriorityCheck") // there is nothing else to wait for
  public static void raiseOnceWaiting(String name, Thread waiting) {
    Thread ignored =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (waiting.getState() != Thread.State.WAITING) {
                Thread.yield();
              }
              try {
                raise(name);
              } catch (ReflectiveOperationException impossible) {
                throw new AssertionError(impossible);
              }
            });
  }

  /** Makes a signal call an action. */
  public static void handle(String name, Runnable action) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object handler =
        Proxy.newProxyInstance(
            handlerType.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, values) ->
                switch (method.getName()) {
                  case "equals" -> proxy == values[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "toString" -> "handler of a test";
                  default -> {
                    action.run();
                    yield null;
                  }
                });
    type.getMethod("handle", type, handlerType)
        .invoke(null, type.getConstructor(String.class).newInstance(name), handler);
  }

  /** Waits until SIGTERM was noticed: a thread of ours waits for the end of the program then. */
  @SuppressWarnings("ThreadPriorityCheck") // there is nothing else to wait for
  public static void awaitTermination() {
    while (Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("asyncio4j-sigterm"))) {
      Thread.yield();
    }
  }
}
