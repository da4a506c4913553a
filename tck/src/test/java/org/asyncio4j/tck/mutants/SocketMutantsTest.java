package org.asyncio4j.tck.mutants;

/** Mutants of sockets for direct use, of watching and of sending files. */
final class SocketMutantsTest extends MutantExaminations {

  SocketMutantsTest() {
    super(Part.SOCKETS);
  }
}
