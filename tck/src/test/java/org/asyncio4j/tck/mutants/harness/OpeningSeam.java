package org.asyncio4j.tck.mutants.harness;

import java.util.function.UnaryOperator;
import org.asyncio4j.tck.mutants.harness.NetworkSeams.Opening;

/**
 * A method that makes a connection, a server or an endpoint.
 *
 * @param <P> the protocol
 * @param <O> the options
 * @param <R> what is made
 */
public final class OpeningSeam<P, O, R> extends Seam<Opening<P, O>, R> {

  /** Changes the options. */
  public Seam<Opening<P, O>, R> options(UnaryOperator<O> change) {
    return given(wanted -> wanted.changed(change));
  }
}
