package org.asyncio4j.tck.mutants;

/** Mutants of TLS, datagrams and Unix sockets. */
final class OtherNetworkMutantsTest extends MutantExaminations {

  OtherNetworkMutantsTest() {
    super(Part.OTHER_NETWORKS);
  }
}
