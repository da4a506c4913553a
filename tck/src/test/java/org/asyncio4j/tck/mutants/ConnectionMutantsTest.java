package org.asyncio4j.tck.mutants;

/** Mutants of hooks, clients and servers. */
final class ConnectionMutantsTest extends MutantExaminations {

  ConnectionMutantsTest() {
    super(Part.CONNECTIONS);
  }
}
