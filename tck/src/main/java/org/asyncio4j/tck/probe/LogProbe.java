package org.asyncio4j.tck.probe;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Captures what loops log while it is open, if logs go to {@code java.util.logging}. Uses
 * reflection, because an application may lack that module.
 */
public final class LogProbe implements AutoCloseable {

  private static final String LOGGER = "org.asyncio4j";

  /**
   * A log entry.
   *
   * @param message the message, not formatted
   * @param thrown what was logged with it
   */
  public record Entry(String message, Optional<Throwable> thrown) {}

  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final Object logger;
  private final Class<?> filterType;

  private LogProbe(Object logger, Class<?> filterType) throws ReflectiveOperationException {
    this.logger = logger;
    this.filterType = filterType;
    setFilter(
        Proxy.newProxyInstance(
            LogProbe.class.getClassLoader(),
            new Class<?>[] {filterType},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "isLoggable" -> take(arguments[0]);
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> "a filter that captures";
                }));
  }

  /**
   * Starts to capture warnings and errors, which then go nowhere else.
   *
   * @return the probe
   * @throws NotApplicableException if logs go elsewhere
   */
  public static LogProbe start() {
    LogProbe probe;
    try {
      probe =
          new LogProbe(
              Class.forName("java.util.logging.Logger")
                  .getMethod("getLogger", String.class)
                  .invoke(null, LOGGER),
              Class.forName("java.util.logging.Filter"));
    } catch (ReflectiveOperationException absent) {
      throw new NotApplicableException("java.util.logging is not available");
    }
    System.getLogger(LOGGER).log(System.Logger.Level.WARNING, "testing whether logs arrive");
    if (probe.entries.isEmpty()) {
      probe.close();
      throw new NotApplicableException("logs do not go to java.util.logging");
    }
    probe.entries.clear();
    return probe;
  }

  /** {@return what was logged up to now, oldest first} */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public void close() {
    try {
      setFilter(null);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("cannot set a filter on a logger", impossible);
    }
  }

  private boolean take(Object logged) throws ReflectiveOperationException {
    Object message = logged.getClass().getMethod("getMessage").invoke(logged);
    Object thrown = logged.getClass().getMethod("getThrown").invoke(logged);
    entries.add(new Entry(String.valueOf(message), Optional.ofNullable((Throwable) thrown)));
    return false;
  }

  private void setFilter(@Nullable Object filter) throws ReflectiveOperationException {
    logger.getClass().getMethod("setFilter", filterType).invoke(logger, filter);
  }
}
