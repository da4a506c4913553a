package org.asyncio4j.tck.mutants;

/** Mutants of transports and streams. */
final class TransportMutantsTest extends MutantExaminations {

  TransportMutantsTest() {
    super(Part.TRANSPORTS);
  }
}
