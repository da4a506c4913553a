package org.asyncio4j.internal.describe;

import org.jspecify.annotations.Nullable;

/**
 * Internal; not for use outside asyncio4j. Names objects; a name is never empty. Never throws,
 * whatever a user's {@code toString} does, because messages are created when something has already
 * failed.
 */
public final class Described {

  private static final String LAMBDA = "$$Lambda";
  private static final String FRAMEWORK = "org.asyncio4j.spi.";

  private Described() {}

  /** {@return the name of the calling thread} */
  public static String currentThread() {
    return thread(Thread.currentThread());
  }

  /**
   * Names a thread. Most virtual threads have no name.
   *
   * @param thread the thread
   * @return for instance {@code thread main}, or {@code virtual thread #31}
   */
  public static String thread(Thread thread) {
    String name = thread.getName();
    if (!name.isBlank()) {
      return "thread " + name;
    }
    return (thread.isVirtual() ? "virtual thread #" : "thread #") + thread.threadId();
  }

  /**
   * Formats a name that a user has given.
   *
   * @param name the name, which may be blank
   * @return the name, in quotes if it is blank
   */
  public static String name(String name) {
    return name.isBlank() ? "'" + name + "'" : name;
  }

  /**
   * Describes a user's object by its {@code toString}.
   *
   * @param object the object
   * @return its text, or its class if the text is empty
   */
  public static String object(@Nullable Object object) {
    if (object == null) {
      return "null";
    }
    try {
      String text = object.toString();
      return text == null || text.isBlank() ? type(object.getClass()) : text;
    } catch (RuntimeException | Error thrown) {
      return "%s (whose toString threw %s)"
          .formatted(type(object.getClass()), thrown.getClass().getName());
    }
  }

  /**
   * Describes a callback: by its {@code toString} if its class defines one, otherwise by its class.
   * For a lambda or a method reference the JVM shows only the class that contains it.
   *
   * @param callback a lambda, or an object
   * @return for instance {@code lambda in org.example.Server}
   */
  public static String callback(Object callback) {
    return hasText(callback.getClass()) ? object(callback) : type(callback.getClass());
  }

  /**
   * Names a class.
   *
   * @param type the class, which may be the class of a lambda
   * @return its name
   */
  public static String type(Class<?> type) {
    String name = type.getName();
    int lambda = name.indexOf(LAMBDA);
    return lambda < 0 ? name : "lambda in " + name.substring(0, lambda);
  }

  /**
   * Names the place where something was created.
   *
   * @param trace a throwable created there
   * @return the innermost frame outside the framework
   */
  public static String place(Throwable trace) {
    StackTraceElement[] frames = trace.getStackTrace();
    for (StackTraceElement frame : frames) {
      if (!frame.getClassName().startsWith(FRAMEWORK)) {
        return frame.toString();
      }
    }
    return frames.length == 0 ? "an unknown place" : frames[0].toString();
  }

  private static boolean hasText(Class<?> type) {
    if (type.isHidden()) {
      return false;
    }
    try {
      return type.getMethod("toString").getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException | SecurityException impossible) {
      return false;
    }
  }
}
