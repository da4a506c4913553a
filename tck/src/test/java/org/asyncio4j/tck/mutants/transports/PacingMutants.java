package org.asyncio4j.tck.mutants.transports;

import module java.base;

import org.asyncio4j.net.*;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 10: reading, writing and their pace. */
public final class PacingMutants extends Defects {

  private static final int MEGABYTE = 1024 * 1024;
  private static final int FEW = 1024;

  public PacingMutants() {
    defect("10.1 also .4, .11", "pauses after write has returned")
        .connections(it -> it.pauseWriting.lateIf(it.write.underway(), it.loop()));
    defect("10.2", "pauses for each write")
        .connections(it -> {
          Flag paused = it.paused();
          it.write.insteadIf(
              paused,
              (correct, data) -> {
                correct.call(data);
                if (paused.isSet()) {
                  it.user().pauseWriting();
                }
              });
        });
    defect("10.2 also .4", "pauses again at the fifth write")
        .connections(it -> {
          Turn late = Turn.nth(5);
          Flag paused = it.paused();
          it.write.after(paused.and(late), _ -> it.user().pauseWriting());
        });
    defect("10.3", "resumes below the high-water mark")
        .connections(it -> {
          WriteBufferLimits[] wanted = {WriteBufferLimits.defaults()};
          it.setWriteBufferLimits.before(limits -> wanted[0] = limits);
          it.setWriteBufferLimits.with("lowBytes", WriteBufferLimits::highBytes);
          it.writeBufferLimits.around((_, _) -> wanted[0]);
        });
    defect("10.4", "pauses without need", Turn.nth(2))
        .connections(it -> it.resumeWriting.after(it.turn(), _ -> it.user().pauseWriting()));
    defect("10.5", "takes 0 for the default")
        .connections(it ->
            it.setWriteBufferLimits.givenIf(
                limits -> limits.highBytes() == 0, _ -> WriteBufferLimits.defaults()));
    defect("10.6", "begins with other limits")
        .connections(it ->
            it.connectionMade.before(
                _ -> it.correct().setWriteBufferLimits(WriteBufferLimits.ofHigh(1024 * 1024))));
    defect("10.7", "pauses after the limits are set")
        .connections(it -> it.pauseWriting.lateIf(it.setWriteBufferLimits.underway(), it.loop()));
    defect("10.8", "resumes when limits are raised")
        .connections(it -> {
          Flag paused = it.pauseWriting.called();
          it.resumeWriting.onlyIf(_ -> paused.take());
          it.setWriteBufferLimits.after(
              limits -> it.correct().writeBufferSize() <= limits.lowBytes() && paused.take(),
              _ -> it.user().resumeWriting());
        });
    defect("10.9", "drops writes of resumeWriting")
        .connections(it -> it.write.unless(it.resumeWriting.underway()));
    defect("10.10", "resumes a protocol that has closed")
        .connections(it -> it.connectionLost.before(it.paused(), _ -> it.user().resumeWriting()));
    defect("10.11", "lets pauseWriting throw out of write")
        .connections(it -> {
          RuntimeException[] thrown = new RuntimeException[1];
          it.pauseWriting.catching(RuntimeException.class, (failure, _) -> thrown[0] = failure);
          it.write.after(
              _ -> thrown[0] != null,
              _ -> {
                throw thrown[0];
              });
        });
    defect("10.12", "aborts when resumeWriting throws")
        .connections(it ->
            it.resumeWriting.onFailure(RuntimeException.class, (_, _) -> it.correct().abort()));
    defect("10.13", "corrupts large pieces")
        .connections(
            it -> it.write.givenIf(data -> data.remaining() > MEGABYTE, PacingMutants::corrupted));
    defect("10.14", "writes 1024 buffers at most")
        .connections(it ->
            it.writeLines.instead((correct, buffers) -> {
              correct.call(buffers.subList(0, Math.min(FEW, buffers.size())));
              correct.call(
                  buffers.stream()
                      .skip(FEW)
                      .map(rest -> ByteBuffer.allocate(rest.remaining()))
                      .toList());
            }));
    defect("10.15 also .26, .27", "keeps buffers outside the heap")
        .connections(it -> MemoryMutants.keepUntilTheNextTick(it, ByteBuffer::isDirect));
    defect("10.16", "leaves positions alone")
        .connections(it -> it.write.given(ByteBuffer::duplicate));
    defect("10.17", "refuses to write nothing")
        .connections(it ->
            it.write.refuse(
                data -> !data.hasRemaining(),
                _ -> new IllegalArgumentException("nothing to write")));
    defect("10.18", "does not count writeLines")
        .connections(it -> {
          AtomicLong hidden = new AtomicLong();
          it.writeLines.instead((correct, buffers) -> {
            long before = it.correct().writeBufferSize();
            correct.call(buffers);
            hidden.addAndGet(it.correct().writeBufferSize() - before);
          });
          it.writeBufferSize.returns(size -> Math.max(0, size - hidden.get()));
        });
    defect("10.19", "closes instead of aborting")
        .connections(it -> {
          Flag aborted = it.abort.called();
          it.abort.instead(_ -> it.correct().close());
          it.writeBufferSize.aroundIf(aborted, (_, _) -> 0L);
        });
    defect("10.20", "pauses in the next tick")
        .connections(it -> {
          readUnlessPaused(it);
          it.pauseReading.lateIf(_ -> true, it.loop());
          it.resumeReading.lateIf(_ -> true, it.loop());
        });
    defect("10.21", "reads on while paused")
        .connections(it -> {
          Flag paused = readUnlessPaused(it);
          ByteArrayOutputStream waiting = new ByteArrayOutputStream();
          it.pauseReading.swallow();
          it.resumeReading.instead(_ -> {
            if (waiting.size() > 0) {
              ByteBuffer all = ByteBuffer.wrap(waiting.toByteArray());
              waiting.reset();
              ((Protocol) it.user()).dataReceived(all);
            }
          });
          it.dataReceived.insteadIf(paused, data -> waiting.writeBytes(Buffers.copy(data).array()));
        });
    defect("10.22", "mixes up what was waiting")
        .connections(it -> {
          Flag resumed = it.resumeReading.called();
          it.dataReceived.before(
              data -> data.remaining() > 1_000 && resumed.take(),
              data -> data.put(data.position(), (byte) ~data.get(data.position())));
        });
    defect("10.23", "counts pauses")
        .connections(it -> {
          AtomicInteger pauses = new AtomicInteger();
          it.pauseReading.before(_ -> pauses.incrementAndGet());
          it.resumeReading.onlyIf(_ -> pauses.updateAndGet(count -> Math.max(0, count - 1)) == 0);
        });
    defect("10.24", "reads after connectionMade at all events")
        .connections(it -> it.connectionMade.after(_ -> it.correct().resumeReading()));
    defect("10.25", "reads until nothing is left")
        .connections(it ->
            it.dataReceived.instead((correct, data) -> {
              correct.call(data);
              ByteBuffer more = ByteBuffer.allocate(16 * 1024);
              while (it.correct().isReading() && ((StreamSocket) it.socket()).read(more) > 0) {
                correct.call(more.flip());
                more.clear();
              }
            }));
  }

  /** Says that it reads unless the program has paused it. {@return whether it has} */
  private static Flag readUnlessPaused(ConnectionSeams it) {
    Flag paused = it.pausedReading();
    it.isReading.around((_, _) -> !paused.isSet() && !it.correct().isClosing());
    return paused;
  }

  private static ByteBuffer corrupted(ByteBuffer data) {
    byte[] copy = Buffers.copy(data).array();
    copy[MEGABYTE]++;
    return ByteBuffer.wrap(copy);
  }
}
