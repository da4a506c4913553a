package org.asyncio4j.spi;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes what asyncio4j logs, while it is open. By reflection, because the module does not read
 * {@code java.logging}.
 */
public final class CapturedLog implements AutoCloseable {

  private final Object logger;
  private final Class<?> filterType;
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<Throwable> thrown = new CopyOnWriteArrayList<>();

  private CapturedLog() {
    try {
      filterType = Class.forName("java.util.logging.Filter");
      logger =
          Class.forName("java.util.logging.Logger")
              .getMethod("getLogger", String.class)
              .invoke(null, "org.asyncio4j");
      setFilter(
          Proxy.newProxyInstance(
              CapturedLog.class.getClassLoader(),
              new Class<?>[] {filterType},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "isLoggable" -> take(arguments[0]);
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "a filter that captures";
                  }));
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("java.logging must be present", impossible);
    }
  }

  /** Captures log entries from now on. */
  public static CapturedLog start() {
    return new CapturedLog();
  }

  /** The messages, not formatted. */
  public List<String> messages() {
    return messages;
  }

  /** The exceptions that were logged with them. */
  public List<Throwable> thrown() {
    return thrown;
  }

  @Override
  public void close() {
    setFilter(null);
  }

  private boolean take(Object entry) throws ReflectiveOperationException {
    messages.add((String) entry.getClass().getMethod("getMessage").invoke(entry));
    Throwable cause = (Throwable) entry.getClass().getMethod("getThrown").invoke(entry);
    if (cause != null) {
      thrown.add(cause);
    }
    return false;
  }

  private void setFilter(Object filter) {
    try {
      logger.getClass().getMethod("setFilter", filterType).invoke(logger, filter);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("cannot set a filter on a logger", impossible);
    }
  }
}
