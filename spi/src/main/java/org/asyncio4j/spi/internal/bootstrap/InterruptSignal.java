package org.asyncio4j.spi.internal.bootstrap;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C. The JDK's only way to it is {@code sun.misc.Signal}, which the module {@code
 * jdk.unsupported} exports on purpose and which javac warns of in a way that cannot be silenced;
 * hence by reflection.
 */
final class InterruptSignal {

  private static final System.Logger LOGGER = System.getLogger("org.asyncio4j");

  private InterruptSignal() {}

  /** Has Ctrl-C call an action; the answer puts the former behaviour back. */
  static Runnable handle(Runnable action) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance("INT");
      InvocationHandler invocation =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  action.run();
                  yield null;
                }
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "asyncio4j's handler of Ctrl-C";
              };
      Object handler =
          Proxy.newProxyInstance(
              InterruptSignal.class.getClassLoader(), new Class<?>[] {handlerType}, invocation);
      var handleMethod = signalType.getMethod("handle", signalType, handlerType);
      Object former = handleMethod.invoke(null, signal, handler);
      Object defaultHandler = handlerType.getField("SIG_DFL").get(null);
      if (former != defaultHandler && !isOfJvm(former)) {
        // Somebody else's handler stays: asyncio, too, replaces only the default one.
        handleMethod.invoke(null, signal, former);
        return () -> {};
      }
      return () -> {
        try {
          handleMethod.invoke(null, signal, former);
        } catch (ReflectiveOperationException failed) {
          LOGGER.log(System.Logger.Level.WARNING, "Ctrl-C could not be given back", failed);
        }
      };
    } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
      LOGGER.log(
          System.Logger.Level.DEBUG, "Ctrl-C ends the program at once on this JVM", unavailable);
      return () -> {};
    }
  }

  /**
   * How {@code sun.misc} shows a handler that the JDK itself has set, the one that ends the JVM.
   */
  private static boolean isOfJvm(Object handler) {
    return handler != null && handler.getClass().getName().equals("sun.misc.Signal$SunMiscHandler");
  }
}
