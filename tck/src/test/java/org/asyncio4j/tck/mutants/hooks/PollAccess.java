package org.asyncio4j.tck.mutants.hooks;

import module java.base;

import org.asyncio4j.spi.BaseEventLoop;

/** Calls methods of a loop that only the framework may call, by reflection on the class path. */
final class PollAccess {

  private PollAccess() {}

  /** Polls as the framework does. */
  static void poll(BaseEventLoop loop) throws IOException {
    Object ignored = call(call(loop, "hooks"), "poll", 0L);
  }

  /** Hands requests over as the framework does. */
  static void flush(BaseEventLoop loop, boolean last) throws IOException {
    Object ignored = call(call(loop, "hooks"), "flush", last);
  }

  /** Makes the next run, and each one after it, poll on a new thread. */
  static void endPollThread(BaseEventLoop loop) {
    try {
      Object ignored = call(call(call(call(loop, "core"), "engine"), "pollThread"), "close");
    } catch (IOException impossible) {
      throw new LinkageError("a thread ends without I/O", impossible);
    }
  }

  private static Object call(Object target, String name, Object... arguments) throws IOException {
    Method method = find(target.getClass(), name);
    try {
      method.setAccessible(true);
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(thrown.getCause());
    } catch (IllegalAccessException closed) {
      throw new LinkageError(method + " must be accessible", closed);
    }
  }

  private static Method find(Class<?> type, String name) {
    return Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass)
        .flatMap(each -> Stream.of(each.getDeclaredMethods()))
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new LinkageError(type + " must have a method " + name));
  }
}
