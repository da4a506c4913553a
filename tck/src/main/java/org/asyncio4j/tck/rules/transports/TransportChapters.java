package org.asyncio4j.tck.rules.transports;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapters 10 and 11 of SPEC.md, in parts; a new part is one line here. */
public final class TransportChapters {

  private static final String FLOW = "Flow control";
  private static final String ENDS = "End of file and errors";

  private TransportChapters() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(10, FLOW, WritePacingRules.class, WritePacingRules::new, false),
        new Chapter(10, FLOW, WriteLimitRules.class, WriteLimitRules::new, false),
        new Chapter(10, FLOW, WriteRules.class, WriteRules::new, false),
        new Chapter(10, FLOW, ReadPacingRules.class, ReadPacingRules::new, false),
        new Chapter(10, FLOW, BufferMemoryRules.class, BufferMemoryRules::new, false),
        new Chapter(10, FLOW, MemoryReuseRules.class, MemoryReuseRules::new, false),
        new Chapter(11, ENDS, EndOfFileRules.class, EndOfFileRules::new, false),
        new Chapter(11, ENDS, FailureRules.class, FailureRules::new, false),
        new Chapter(11, ENDS, ConnectionEndRules.class, ConnectionEndRules::new, false),
        new Chapter(11, ENDS, ConnectionStateRules.class, ConnectionStateRules::new, false),
        new Chapter(11, ENDS, ProtocolRules.class, ProtocolRules::new, false),
        new Chapter(11, ENDS, LentMemoryRules.class, LentMemoryRules::new, false),
        new Chapter(11, ENDS, SendFileLossRules.class, SendFileLossRules::new, false),
        new Chapter(11, ENDS, DroppedWriteRules.class, DroppedWriteRules::new, false),
        new Chapter(11, ENDS, DescriptorRules.class, DescriptorRules::new, false));
  }
}
