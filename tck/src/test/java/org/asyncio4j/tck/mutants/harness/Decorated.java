package org.asyncio4j.tck.mutants.harness;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** Objects that do what correct ones do, but for the methods that are decorated. */
public abstract class Decorated {

  private final Map<String, Seam<?, ?>> seams = new HashMap<>();
  private final Map<String, BiFunction<?, ?, ?>> records = new HashMap<>();

  /** {@return the method of that name, which has one argument or none} */
  final <A, R> Seam<A, R> seam(String method) {
    Seam<A, R> seam = new Seam<>();
    seams.put(method, seam);
    return seam;
  }

  /** {@return the method of that name, which has two arguments} */
  final <X, Y, A extends Record, R> Seam<A, R> seam(String method, BiFunction<X, Y, A> record) {
    records.put(method, record);
    return seam(method);
  }

  /** {@return an object that does what a correct one does, but for what is decorated} */
  final <I> I decorate(Class<I> type, I correct) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new Handler(this, correct)));
  }

  /** {@return whether no method is decorated} */
  final boolean isCorrect() {
    return seams.values().stream().noneMatch(Seam::isDecorated);
  }

  /** {@return the correct object behind a decorated one, or the object itself} */
  @SuppressWarnings("unchecked") // a decorated object has the types of the correct one
  public static <I> I undecorated(I object) {
    return object != null
            && Proxy.isProxyClass(object.getClass())
            && Proxy.getInvocationHandler(object) instanceof Handler handler
        ? (I) handler.correct
        : object;
  }

  private record Handler(Decorated methods, Object correct) implements InvocationHandler {

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) {
      Object[] given = args == null ? new Object[0] : args;
      Seam<Object, Object> seam = seamOf(method, given.length);
      if (seam == null) {
        return method.getName().equals("equals") && given.length == 1
            ? proxy == given[0]
            : call(method, given);
      }
      Object result =
          seam.call(argument(method, given), changed -> call(method, arguments(changed, given)));
      return result == null ? nothing(method.getReturnType()) : result;
    }

    @SuppressWarnings("unchecked")
    private Seam<Object, Object> seamOf(Method method, int arguments) {
      boolean fits = arguments < 2 || methods.records.containsKey(method.getName());
      return fits ? (Seam<Object, Object>) methods.seams.get(method.getName()) : null;
    }

    @SuppressWarnings("unchecked")
    private Object argument(Method method, Object[] given) {
      return switch (given.length) {
        case 0 -> null;
        case 1 -> given[0];
        default ->
            ((BiFunction<Object, Object, Object>) methods.records.get(method.getName()))
                .apply(given[0], given[1]);
      };
    }

    private static Object[] arguments(Object argument, Object[] given) {
      if (given.length < 2) {
        return given.length == 0 ? given : new Object[] {argument};
      }
      RecordComponent[] components = argument.getClass().getRecordComponents();
      Object[] changed = new Object[components.length];
      for (int index = 0; index < components.length; index++) {
        changed[index] = reflectively(components[index].getAccessor(), argument);
      }
      return changed;
    }

    private Object call(Method method, Object... given) {
      Object[] known = given.clone();
      for (int index = 0; index < known.length; index++) {
        known[index] = undecorated(known[index]);
      }
      return reflectively(method, correct, known);
    }

    private static Object reflectively(Method method, Object of, Object... given) {
      try {
        method.setAccessible(true);
        return method.invoke(of, given);
      } catch (InvocationTargetException thrown) {
        throw Seam.<RuntimeException>asIs(thrown.getCause());
      } catch (IllegalAccessException broken) {
        throw new LinkageError("mutant cannot call " + method, broken);
      }
    }

    private static Object nothing(Class<?> type) {
      if (type == boolean.class) {
        return false;
      }
      if (type == int.class) {
        return 0;
      }
      return type == long.class ? (Object) 0L : null;
    }
  }
}
