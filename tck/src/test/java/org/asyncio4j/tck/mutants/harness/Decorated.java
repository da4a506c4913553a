package org.asyncio4j.tck.mutants.harness;

import module java.base;

import java.lang.reflect.Proxy;

/**
 * Objects that do what correct ones do, but for the methods that are decorated. A default method of
 * their interface calls the others, as far as it is an overload of a decorated method.
 *
 * @param <C> the correct objects
 */
public abstract class Decorated<C> {

  private final Map<String, Seam<?, ?>> seams = new HashMap<>();
  private final Map<String, BiFunction<?, ?, ?>> records = new HashMap<>();
  private MutantLoop loop;
  private C correct;

  /** {@return the method of that name, which has one argument or none} */
  protected final <A, R> Seam<A, R> seam(String method) {
    Seam<A, R> seam = new Seam<>();
    seams.put(method, seam);
    return seam;
  }

  /** {@return the method of that name, which has two arguments} */
  protected final <X, Y, A extends Record, R> Seam<A, R> seam(
      String method, BiFunction<X, Y, A> record) {
    records.put(method, record);
    return seam(method);
  }

  /** {@return an object that does what a correct one does, but for what is decorated} */
  @SuppressWarnings("unchecked") // a decorated object has the types of the correct one
  public final <I> I decorate(Class<? super I> type, Object decorated) {
    return (I)
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new Handler(this, type, decorated));
  }

  /** {@return an object that does what a correct one does, but for what a script decorates} */
  static <I, S extends Decorated<? super I>> I decorated(
      MutantLoop loop, Class<? super I> type, I correct, S seams, Consumer<S> script) {
    seams.of(loop, correct);
    script.accept(seams);
    return seams.decorate(type, correct);
  }

  /** {@return an object that does what a correct one does, but for one method} */
  public static <I> I changed(
      Class<I> type, Object correct, String method, Consumer<Seam<Object, Object>> script) {
    Decorated<I> decorated = new Decorated<>() {};
    script.accept(decorated.seam(method));
    return decorated.decorate(type, correct);
  }

  final void of(MutantLoop itsLoop, C object) {
    loop = itsLoop;
    correct = object;
  }

  /** {@return the loop that it belongs to} */
  public final MutantLoop loop() {
    return loop;
  }

  /** {@return the object that is correct, as soon as there is one} */
  public final C correct() {
    return correct;
  }

  /** Does what the correct object does. */
  Object callCorrectly(Object correct, Method method, Object... given) {
    Object[] known = given.clone();
    for (int index = 0; index < known.length; index++) {
      known[index] = undecorated(known[index]);
    }
    return call(method, correct, known);
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

  /** Calls a method by reflection, and throws what it throws. */
  public static Object call(Method method, Object of, Object... given) {
    try {
      method.setAccessible(true);
      return method.invoke(of, given);
    } catch (InvocationTargetException thrown) {
      throw Seam.<RuntimeException>asIs(thrown.getCause());
    } catch (IllegalAccessException broken) {
      throw new LinkageError("mutant cannot call " + method, broken);
    }
  }

  private record Handler(Decorated<?> methods, Class<?> type, Object correct)
      implements InvocationHandler {

    @Override
    @SuppressWarnings("unchecked")
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
      Object[] given = args == null ? new Object[0] : args;
      Seam<Object, Object> seam = (Seam<Object, Object>) methods.seams.get(method.getName());
      if (seam == null) {
        return method.getName().equals("equals")
            ? proxy == given[0]
            : methods.callCorrectly(correct, method, given);
      }
      if (method.isDefault() && isOverload(method)) {
        return InvocationHandler.invokeDefault(proxy, method, args);
      }
      Object result =
          seam.call(
              argument(method, given),
              changed -> methods.callCorrectly(correct, method, arguments(changed, given)));
      return result == null ? nothing(method.getReturnType()) : result;
    }

    private boolean isOverload(Method method) {
      return Stream.of(type.getMethods())
          .anyMatch(other -> other.getName().equals(method.getName()) && !other.isDefault());
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
      return Stream.of(components).map(it -> call(it.getAccessor(), argument)).toArray();
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
