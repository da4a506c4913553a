package org.asyncio4j.internal.describe;

import org.jspecify.annotations.Nullable;

/**
 * Internal; not for use outside asyncio4j. Calls things by a name that is never empty. Never
 * throws, whatever {@code toString} of a user does, because messages are made where something has
 * failed already.
 */
public final class Described {

  private static final String LAMBDA = "$$Lambda";
  private static final String FRAMEWORK = "org.asyncio4j.spi.";

  private Described() {}

  /** {@return what the calling thread is called} */
  public static String currentThread() {
    return thread(Thread.currentThread());
  }

  /**
   * Names a thread. Virtual threads mostly have no names of their own.
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
   * Shows a name that a user has given.
   *
   * @param name the name, which may be blank
   * @return the name, in quotes if there is nothing to see
   */
  public static String name(String name) {
    return name.isBlank() ? "'" + name + "'" : name;
  }

  /**
   * Describes an object of a user by its {@code toString}.
   *
   * @param object the object
   * @return what it says, or what it is if it says nothing
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
   * Describes code that is called: by its {@code toString} if it has one of its own, else by its
   * class. Of a lambda or a method reference the JVM shows only the class in which it is written.
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
   * @param type the class, which may be that of a lambda
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
   * @param trace made there
   * @return the innermost frame outside of the framework
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
