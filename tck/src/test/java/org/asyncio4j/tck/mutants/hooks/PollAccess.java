package org.asyncio4j.tck.mutants.hooks;

import module java.base;

import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.tck.mutants.harness.Decorated;

/** Calls methods of a loop that only the framework may call, by reflection on the class path. */
final class PollAccess {

  private PollAccess() {}

  /** Polls as the framework does. */
  static void poll(BaseEventLoop loop) {
    Object ignored = call(call(loop, "hooks"), "poll", 0L);
  }

  /** Hands requests over as the framework does. */
  static void flush(BaseEventLoop loop, boolean last) {
    Object ignored = call(call(loop, "hooks"), "flush", last);
  }

  /** Makes the next run, and each one after it, poll on a new thread. */
  static void endPollThread(BaseEventLoop loop) {
    Object ignored = call(call(call(call(loop, "core"), "engine"), "pollThread"), "close");
  }

  private static Object call(Object target, String name, Object... arguments) {
    return Decorated.call(find(target.getClass(), name), target, arguments);
  }

  private static Method find(Class<?> type, String name) {
    return Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass)
        .flatMap(each -> Stream.of(each.getDeclaredMethods()))
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new LinkageError(type + " must have a method " + name));
  }
}
