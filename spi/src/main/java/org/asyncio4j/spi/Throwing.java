package org.asyncio4j.spi;

/** Throws a checked exception of a body without declaring it. */
final class Throwing {

  private Throwing() {}

  /** Never returns; callers write {@code throw Throwing.asIs(exception)}. */
  static RuntimeException asIs(Throwable exception) {
    throw Throwing.<RuntimeException>cast(exception);
  }

  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // the cast is deliberately unchecked
  private static <X extends Throwable> X cast(Throwable exception) throws X {
    throw (X) exception;
  }
}
