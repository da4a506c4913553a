package org.asyncio4j.tck.mutants;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

/** A correct object of which some methods do something else. */
final class Altered implements InvocationHandler {

  /** What a method does instead. */
  @FunctionalInterface
  interface Alteration {
    Object call(Object[] args) throws Throwable;
  }

  private final Object correct;
  private final Map<String, Alteration> alterations;

  private Altered(Object correct, Map<String, Alteration> alterations) {
    this.correct = correct;
    this.alterations = alterations;
  }

  static <I> I of(Class<I> type, I correct, String method, Alteration alteration) {
    return of(type, correct, Map.of(method, alteration));
  }

  static <I> I of(Class<I> type, I correct, Map<String, Alteration> alterations) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new Altered(correct, alterations)));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    Object[] given = args == null ? new Object[0] : args.clone();
    Alteration alteration = alterations.get(method.getName());
    if (alteration != null) {
      return alteration.call(given);
    }
    if (method.getName().equals("equals")) {
      return proxy == given[0];
    }
    for (int index = 0; index < given.length; index++) {
      given[index] = unwrapped(given[index]);
    }
    try {
      method.setAccessible(true);
      return method.invoke(correct, given);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  static Object unwrapped(Object object) {
    return object != null
            && Proxy.isProxyClass(object.getClass())
            && Proxy.getInvocationHandler(object) instanceof Altered altered
        ? altered.correct
        : object;
  }
}
