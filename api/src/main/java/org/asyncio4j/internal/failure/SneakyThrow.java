package org.asyncio4j.internal.failure;

/** Throws the exception of a body unchanged, even if it is a checked one that is not declared. */
public final class SneakyThrow {

  private SneakyThrow() {}

  /**
   * Never returns; callers write {@code throw SneakyThrow.asIs(exception)}.
   *
   * @param exception the exception to throw
   * @return never
   */
  public static RuntimeException asIs(Throwable exception) {
    throw SneakyThrow.<RuntimeException>cast(exception);
  }

  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // the cast is deliberately unchecked
  private static <X extends Throwable> X cast(Throwable exception) throws X {
    throw (X) exception;
  }
}
