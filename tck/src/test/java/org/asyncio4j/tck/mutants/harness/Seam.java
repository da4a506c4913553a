package org.asyncio4j.tck.mutants.harness;

import module java.base;

/**
 * A method of a mutant, which does what the correct one does until it is decorated. The decorators
 * are nested in the order in which they are added, the first outermost.
 *
 * @param <A> the argument; a record of several, {@code Void} of none
 * @param <R> the result; {@code Void} of none
 */
public sealed class Seam<A, R> permits OpeningSeam {

  private final R nothing;
  private final List<Around<A, R>> decorators = new CopyOnWriteArrayList<>();

  /** Creates a method whose result may be null. */
  public Seam() {
    this(null);
  }

  /**
   * Creates a method.
   *
   * @param nothing what is returned in the place of null
   */
  public Seam(R nothing) {
    this.nothing = nothing;
  }

  /** What a method does. */
  public interface Body<A, R> {
    R call(A argument) throws Throwable;

    /** Calls a method that has no argument. */
    default R call() throws Throwable {
      return call(null);
    }

    /** Calls the method where nothing can be declared. */
    default R quietly(A argument) {
      try {
        return call(argument);
      } catch (Throwable thrown) {
        throw Seam.<RuntimeException>asIs(thrown);
      }
    }

    /** {@return what calls the method when it is run} */
    default Runnable later(A argument) {
      return () -> {
        R ignored = quietly(argument);
      };
    }

    /** {@return what calls a method that has no argument when it is run} */
    default Runnable later() {
      return later(null);
    }
  }

  /** What a method does instead. */
  public interface Around<A, R> {
    R call(Body<A, R> correct, A argument) throws Throwable;
  }

  /** What a method that returns nothing does instead. */
  public interface Instead<A, R> {
    void call(Body<A, R> correct, A argument) throws Throwable;
  }

  /** Something that is done with the argument of a method. */
  public interface Act<A> {
    void with(A argument) throws Throwable;
  }

  /** Something that is done with what a method returns or throws, and with its argument. */
  public interface BiAct<X, A> {
    void with(X outcome, A argument) throws Throwable;
  }

  /** How many calls of a method are in progress. */
  public record Underway(AtomicInteger calls) implements Predicate<Object> {

    @Override
    public boolean test(Object ignored) {
      return calls.get() > 0;
    }
  }

  // What a mutant does instead.

  /** Does something else. */
  public Seam<A, R> around(Around<A, R> instead) {
    decorators.add(instead);
    return this;
  }

  /** Does something else in certain cases. */
  public Seam<A, R> aroundIf(Predicate<? super A> isDue, Around<A, R> instead) {
    return around((correct, argument) ->
        isDue.test(argument) ? instead.call(correct, argument) : correct.call(argument));
  }

  /** Does something else, and returns nothing. */
  public Seam<A, R> instead(Instead<A, R> instead) {
    return insteadIf(_ -> true, instead);
  }

  /** Does something else, and returns nothing. */
  public Seam<A, R> instead(Act<A> act) {
    return instead((_, argument) -> act.with(argument));
  }

  /** Does something else in certain cases, and returns nothing. */
  public Seam<A, R> insteadIf(Predicate<? super A> isDue, Act<A> act) {
    return insteadIf(isDue, (_, argument) -> act.with(argument));
  }

  /** Does something else in certain cases, and returns nothing. */
  public Seam<A, R> insteadIf(Predicate<? super A> isDue, Instead<A, R> instead) {
    return aroundIf(
        isDue,
        (correct, argument) -> {
          instead.call(correct, argument);
          return null;
        });
  }

  /** Does the same in the next callback of the loop, in certain cases. */
  public Seam<A, R> lateIf(Predicate<? super A> isLate, MutantLoop loop) {
    return insteadIf(isLate, (correct, argument) -> loop.callSoon(correct.later(argument)));
  }

  /** Changes the argument. */
  public Seam<A, R> given(UnaryOperator<A> change) {
    return around((correct, argument) -> correct.call(change.apply(argument)));
  }

  /** Changes the argument in certain cases. */
  public Seam<A, R> givenIf(Predicate<? super A> isChanged, UnaryOperator<A> change) {
    return given(argument -> isChanged.test(argument) ? change.apply(argument) : argument);
  }

  /** Changes a component of the argument, which is a record. */
  public Seam<A, R> with(String component, Function<A, ?> change) {
    return withIf(_ -> true, component, change);
  }

  /** Changes a component of the argument, which is a record, in certain cases. */
  public Seam<A, R> withIf(Predicate<? super A> isDue, String component, Function<A, ?> change) {
    return givenIf(isDue, it -> Requests.with(it, component, change.apply(it)));
  }

  /** Changes the result. */
  public Seam<A, R> returns(UnaryOperator<R> change) {
    return around((correct, argument) -> change.apply(correct.call(argument)));
  }

  /** Does something with the result. */
  public Seam<A, R> withResult(Act<R> act) {
    return withResult((result, _) -> act.with(result));
  }

  /** Does something with the result and the argument. */
  public Seam<A, R> withResult(BiAct<R, A> act) {
    return around((correct, argument) -> {
      R result = correct.call(argument);
      act.with(result, argument);
      return result;
    });
  }

  /** Returns something else without doing anything. */
  public Seam<A, R> always(R result) {
    return around((_, _) -> result);
  }

  /** Does something first. */
  public Seam<A, R> before(Act<A> act) {
    return before(_ -> true, act);
  }

  /** Does something first in certain cases. */
  public Seam<A, R> before(Predicate<? super A> isDue, Act<A> act) {
    return around((correct, argument) -> {
      if (isDue.test(argument)) {
        act.with(argument);
      }
      return correct.call(argument);
    });
  }

  /** Does something afterwards, unless the method throws. */
  public Seam<A, R> after(Act<A> act) {
    return after(_ -> true, act);
  }

  /** Does something afterwards in certain cases, unless the method throws. */
  public Seam<A, R> after(Predicate<? super A> isDue, Act<A> act) {
    return withResult((_, argument) -> {
      if (isDue.test(argument)) {
        act.with(argument);
      }
    });
  }

  /** Throws something in certain cases without doing anything. */
  public Seam<A, R> refuse(Predicate<? super A> refused, Function<A, ? extends Throwable> thrown) {
    return before(
        refused,
        argument -> {
          throw thrown.apply(argument);
        });
  }

  /** Does something when the method throws, which it still does. */
  public <X extends Throwable> Seam<A, R> onFailure(Class<X> kind, BiAct<X, A> act) {
    return around((correct, argument) -> {
      try {
        return correct.call(argument);
      } catch (Throwable failure) {
        if (kind.isInstance(failure)) {
          act.with(kind.cast(failure), argument);
        }
        throw failure;
      }
    });
  }

  /** Does something instead of throwing. */
  public <X extends Throwable> Seam<A, R> catching(Class<X> kind, BiAct<X, A> act) {
    return swallowing(kind).onFailure(kind, act);
  }

  /** Does something else after the method has thrown. */
  public Seam<A, R> recover(Class<? extends Throwable> kind, Around<A, R> instead) {
    return around((correct, argument) -> {
      try {
        return correct.call(argument);
      } catch (Throwable failure) {
        if (kind.isInstance(failure)) {
          return instead.call(correct, argument);
        }
        throw failure;
      }
    });
  }

  /** {@return whether the method was called, from the beginning of the call on} */
  public Flag called() {
    Flag called = new Flag();
    before(_ -> called.set());
    return called;
  }

  /** {@return the calls that are in progress} */
  public Underway underway() {
    AtomicInteger calls = new AtomicInteger();
    around((correct, argument) -> {
      calls.incrementAndGet();
      try {
        return correct.call(argument);
      } finally {
        calls.decrementAndGet();
      }
    });
    return new Underway(calls);
  }

  /** {@return the arguments of all calls so far} */
  public List<A> arguments() {
    List<A> arguments = new ArrayList<>();
    before(arguments::add);
    return arguments;
  }

  /** {@return the results of all calls so far} */
  public List<R> results() {
    List<R> results = new ArrayList<>();
    withResult(result -> results.add(result));
    return results;
  }

  /** Marks the time of the call. */
  public Seam<A, R> during(Flag inside) {
    return around((correct, argument) -> {
      inside.set();
      try {
        return correct.call(argument);
      } finally {
        inside.clear();
      }
    });
  }

  /** Does nothing. */
  public Seam<A, R> swallow() {
    return always(null);
  }

  /** Does nothing in certain cases. */
  public Seam<A, R> unless(Predicate<? super A> swallowed) {
    return aroundIf(swallowed, (_, _) -> null);
  }

  /** Does something in certain cases only. */
  public Seam<A, R> onlyIf(Predicate<? super A> passed) {
    return unless(argument -> !passed.test(argument));
  }

  /** Throws something else. */
  public <X extends Throwable> Seam<A, R> insteadOf(
      Class<X> thrown, Function<X, ? extends Throwable> change) {
    return onFailure(
        thrown,
        (failure, _) -> {
          throw change.apply(failure);
        });
  }

  /** Swallows failures of a kind. */
  public Seam<A, R> swallowing(Class<? extends Throwable> thrown) {
    return swallowing(thrown, _ -> true);
  }

  /** Swallows some failures of a kind. */
  public <X extends Throwable> Seam<A, R> swallowing(
      Class<X> thrown, Predicate<? super X> swallowed) {
    return around((correct, argument) -> {
      try {
        return correct.call(argument);
      } catch (Throwable failure) {
        if (thrown.isInstance(failure) && swallowed.test(thrown.cast(failure))) {
          return null;
        }
        throw failure;
      }
    });
  }

  // For the objects that have such methods.

  /** Calls the method. */
  public R call(A argument, Body<A, R> correct) {
    Body<A, R> body = correct;
    for (Around<A, R> decorator : decorators.reversed()) {
      Body<A, R> inner = body;
      body = changed -> decorator.call(inner, changed);
    }
    R result = body.quietly(argument);
    return result == null ? nothing : result;
  }

  /** Calls the method, which has no argument. */
  public R get(Supplier<R> correct) {
    return call(null, _ -> correct.get());
  }

  /** Calls the method, which returns nothing. */
  public void accept(A argument, Act<A> correct) {
    R ignored =
        call(
            argument,
            given -> {
              correct.with(given);
              return null;
            });
  }

  boolean isDecorated() {
    return !decorators.isEmpty();
  }

  /** Throws whatever it is given, also what the caller does not declare. */
  @SuppressWarnings("unchecked")
  public static <X extends Throwable> X asIs(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
