package org.asyncio4j.tck.mutants;

/** Mutants of TLS, datagrams, and all sockets that are not TCP. */
final class OtherNetworkMutantsTest extends MutantExaminations {

  OtherNetworkMutantsTest() {
    super(Part.OTHER_NETWORKS);
  }
}
