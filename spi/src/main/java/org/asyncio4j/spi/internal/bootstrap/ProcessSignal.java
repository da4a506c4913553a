package org.asyncio4j.spi.internal.bootstrap;

import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A signal to this process. While it has actions, they replace the JVM's own handler; another
 * handler is not replaced.
 *
 * <p>The JDK's only API for signals is {@code sun.misc.Signal}, which the module {@code
 * jdk.unsupported} exports on purpose. It is used by reflection, because the javac warning for it
 * cannot be suppressed.
 */
final class ProcessSignal {

  private static final System.Logger LOGGER = System.getLogger("org.asyncio4j");
  private static final Map<String, ProcessSignal> ALL = new ConcurrentHashMap<>();

  private final String name;
  private final List<Action> actions = new CopyOnWriteArrayList<>();
  private @Nullable Installation installation; // guarded by this

  private ProcessSignal(String name) {
    this.name = name;
  }

  /** Returns the signal with the given name, without {@code SIG}. */
  static ProcessSignal named(String name) {
    return ALL.computeIfAbsent(name, ProcessSignal::new);
  }

  /**
   * Adds an action, which is called for each signal on a thread of the JVM.
   *
   * @return an action that removes it; with the last one, the previous handler is restored
   */
  synchronized Runnable add(Runnable callback) {
    if (installation == null) {
      installation = install();
    }
    if (installation == null) {
      return () -> {};
    }
    Action action = new Action(callback);
    actions.add(action);
    return () -> remove(action);
  }

  private synchronized void remove(Action action) {
    Installation installed = installation;
    if (actions.remove(action) && actions.isEmpty() && installed != null) {
      installation = null;
      try {
        installed.restore();
      } catch (ReflectiveOperationException failed) {
        LOGGER.log(Level.WARNING, "cannot restore the handler of SIG" + name, failed);
      }
    }
  }

  private @Nullable Installation install() {
    try {
      return Installation.of(name, () -> actions.forEach(action -> action.callback.run()));
    } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
      // For instance with -Xrs.
      LOGGER.log(
          Level.DEBUG, "cannot handle SIG" + name + ": the JVM handles it by default", unavailable);
      return null;
    }
  }

  /** An action with its own identity, because the same callback may be added twice. */
  private static final class Action {

    private final Runnable callback;

    Action(Runnable callback) {
      this.callback = callback;
    }
  }

  /** Our handler, in place of the JVM's. */
  private record Installation(Method handle, Object signal, Object ours, Object former) {

    static @Nullable Installation of(String name, Runnable action)
        throws ReflectiveOperationException {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      Method handle = signalType.getMethod("handle", signalType, handlerType);
      Object ours =
          Proxy.newProxyInstance(
              ProcessSignal.class.getClassLoader(),
              new Class<?>[] {handlerType},
              calling(action, name));
      Object former = handle.invoke(null, signal, ours);
      Object defaultHandler = handlerType.getField("SIG_DFL").get(null);
      if (former != defaultHandler && !isOfJvm(former)) {
        // Like asyncio, replaces only the default handler.
        handle.invoke(null, signal, former);
        return null;
      }
      return new Installation(handle, signal, ours, former);
    }

    void restore() throws ReflectiveOperationException {
      Object replaced = handle.invoke(null, signal, former);
      if (replaced != ours) {
        handle.invoke(null, signal, replaced); // the program has replaced our handler
      }
    }

    private static InvocationHandler calling(Runnable action, String name) {
      return (proxy, method, arguments) ->
          switch (method.getName()) {
            case "handle" -> {
              action.run();
              yield null;
            }
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "asyncio4j's handler of SIG" + name;
          };
    }

    /**
     * Returns whether a handler is the JVM's own, which is in a wrapper that hides only handlers of
     * the JDK.
     */
    private static boolean isOfJvm(@Nullable Object handler) {
      return handler != null
          && handler.getClass().getName().equals("sun.misc.Signal$SunMiscHandler");
    }
  }
}
