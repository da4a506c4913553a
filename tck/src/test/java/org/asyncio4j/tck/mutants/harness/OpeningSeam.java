package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.tck.mutants.harness.NetworkSeams.Opening;

/**
 * A method that makes a connection, a server or an endpoint.
 *
 * @param <P> the protocol
 * @param <O> the options
 * @param <R> what is made
 */
public final class OpeningSeam<P, O, R> extends Seam<Opening<P, O>, R> {

  /** Makes the protocols. */
  public final Seam<Void, P> factory = new Seam<>();

  /** What is correct. */
  interface Opener<P, O, R> {
    R open(Supplier<? extends P> factory, O options) throws IOException;
  }

  /** Changes the options. */
  public Seam<Opening<P, O>, R> options(UnaryOperator<O> change) {
    return given(wanted -> wanted.changed(change));
  }

  /** Changes the options in certain cases. */
  public Seam<Opening<P, O>, R> optionsIf(Predicate<? super O> isDue, UnaryOperator<O> change) {
    return options(options -> isDue.test(options) ? change.apply(options) : options);
  }

  R open(Supplier<? extends P> protocols, O options, Opener<P, O, R> correct) {
    Supplier<? extends P> decorated =
        factory.isDecorated() ? () -> factory.get(protocols::get) : protocols;
    return call(new Opening<>(decorated, options), it -> correct.open(it.factory(), it.options()));
  }
}
