package org.asyncio4j.tasks;

/** Throws what a child failed with as it is, although the compiler does not know of it. */
final class Throwing {

  private Throwing() {}

  /** Never returns; callers write {@code throw Throwing.asIs(exception)}. */
  static RuntimeException asIs(Throwable exception) {
    throw Throwing.<RuntimeException>cast(exception);
  }

  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // the cast is not checked: that is the point
  private static <X extends Throwable> X cast(Throwable exception) throws X {
    throw (X) exception;
  }
}
