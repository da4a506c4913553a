package org.asyncio4j.tck.mutants;

import java.util.List;
import java.util.stream.Stream;

/** All defects of connections. */
final class ConnectionMutants {

  private ConnectionMutants() {}

  static List<ConnectionMutant> all() {
    return Stream.of(
            ForeignTransportMutants.all(),
            ForeignUseMutants.all(),
            WritingMutants.all(),
            ReadingMutants.all(),
            EndOfFileMutants.all(),
            FailureMutants.all(),
            LifeMutants.all(),
            ProtocolMutants.all(),
            StreamMutants.all(),
            BufferMemoryMutants.all(),
            ClientFaultMutants.all(),
            HandlerEndMutants.all())
        .flatMap(List::stream)
        .toList();
  }
}
