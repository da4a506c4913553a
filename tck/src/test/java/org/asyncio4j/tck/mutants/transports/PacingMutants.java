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
        .connections(it -> {
          Flag writing = new Flag();
          it.write.during(writing);
          pauseLate(it, writing);
        });
    defect("10.2", "pauses for each write")
        .connections(it -> {
          Flag paused = it.paused();
          it.write.instead((correct, data) -> {
            boolean before = paused.isSet();
            correct.call(data);
            if (before && paused.isSet()) {
              it.user().pauseWriting();
            }
          });
        });
    defect("10.2 also .4", "pauses again at the fifth write")
        .connections(it -> {
          Turn late = Turn.nth(5);
          Flag paused = it.paused();
          it.write.after(() -> paused.isSet() && late.comes(), () -> it.user().pauseWriting());
        });
    defect("10.3", "resumes below the high-water mark")
        .connections(it -> {
          WriteBufferLimits[] wanted = {WriteBufferLimits.defaults()};
          it.setWriteBufferLimits.before(limits -> wanted[0] = limits);
          it.setWriteBufferLimits.given(
              limits -> new WriteBufferLimits(limits.highBytes(), limits.highBytes()));
          it.writeBufferLimits.around((_, _) -> wanted[0]);
        });
    defect("10.4", "pauses without need")
        .connections(it -> it.resumeWriting.after(Turn.nth(2), () -> it.user().pauseWriting()));
    defect("10.5", "takes 0 for the default")
        .connections(it ->
            it.setWriteBufferLimits.given(
                limits -> limits.highBytes() == 0 ? WriteBufferLimits.defaults() : limits));
    defect("10.6", "begins with other limits")
        .connections(it ->
            it.connectionMade.before(
                () -> it.correct().setWriteBufferLimits(WriteBufferLimits.ofHigh(1024 * 1024))));
    defect("10.7", "pauses after the limits are set")
        .connections(it -> {
          Flag setting = new Flag();
          it.setWriteBufferLimits.during(setting);
          pauseLate(it, setting);
        });
    defect("10.8", "resumes when limits are raised")
        .connections(it -> {
          Flag paused = it.pauseWriting.called();
          it.resumeWriting.onlyIf(paused::take);
          it.setWriteBufferLimits.after(
              limits -> it.correct().writeBufferSize() <= limits.lowBytes() && paused.take(),
              _ -> it.user().resumeWriting());
        });
    defect("10.9", "drops writes of resumeWriting")
        .connections(it -> {
          Flag resuming = new Flag();
          it.resumeWriting.during(resuming);
          it.write.unless(resuming);
        });
    defect("10.10", "resumes a protocol that has closed")
        .connections(it -> it.connectionLost.before(it.paused(), () -> it.user().resumeWriting()));

    defect("10.11", "lets pauseWriting throw out of write")
        .connections(it -> {
          RuntimeException[] thrown = new RuntimeException[1];
          it.pauseWriting.swallowing(
              RuntimeException.class,
              failure -> {
                thrown[0] = failure;
                return true;
              });
          it.write.after(() -> {
            if (thrown[0] != null) {
              throw thrown[0];
            }
          });
        });

    defect("10.12", "aborts when resumeWriting throws")
        .connections(
            it -> it.resumeWriting.onFailure(RuntimeException.class, _ -> it.correct().abort()));
    defect("10.13", "corrupts large pieces")
        .connections(
            it -> it.write.given(data -> data.remaining() > MEGABYTE ? corrupted(data) : data));
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
                data -> new IllegalArgumentException("nothing to write")));
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
          it.abort.instead((_, _) -> it.correct().close());
          it.writeBufferSize.returns(size -> aborted.isSet() ? 0 : size);
        });
    defect("10.20", "pauses in the next tick")
        .connections(it -> {
          Flag paused = it.pausedReading();
          it.pauseReading.instead((correct, _) -> it.loop().callSoon(correct.later()));
          it.resumeReading.instead((correct, _) -> it.loop().callSoon(correct.later()));
          it.isReading.around((_, _) -> !paused.isSet() && !it.correct().isClosing());
        });

    defect("10.21", "reads on while paused")
        .connections(it -> {
          Flag paused = it.pausedReading();
          ByteArrayOutputStream waiting = new ByteArrayOutputStream();
          it.pauseReading.swallow();
          it.resumeReading.instead((_, _) -> {
            if (waiting.size() > 0) {
              ByteBuffer all = ByteBuffer.wrap(waiting.toByteArray());
              waiting.reset();
              ((Protocol) it.user()).dataReceived(all);
            }
          });
          it.isReading.around((_, _) -> !paused.isSet() && !it.correct().isClosing());
          it.dataReceived.insteadIf(
              _ -> paused.isSet(),
              data -> {
                byte[] copy = new byte[data.remaining()];
                data.get(copy);
                waiting.writeBytes(copy);
              });
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
          it.pauseReading.before(pauses::incrementAndGet);
          it.resumeReading.onlyIf(() -> pauses.updateAndGet(count -> Math.max(0, count - 1)) == 0);
        });
    defect("10.24", "reads after connectionMade at all events")
        .connections(it -> it.connectionMade.after(() -> it.correct().resumeReading()));
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

  /** Pauses a tick late if something goes on. */
  static void pauseLate(LinkSeams<?, ?> it, Flag inside) {
    it.pauseWriting.insteadIf(
        () -> inside.isSet(), (correct, _) -> it.loop().callSoon(correct.later()));
  }

  private static ByteBuffer corrupted(ByteBuffer data) {
    byte[] copy = new byte[data.remaining()];
    data.get(copy);
    copy[MEGABYTE]++;
    return ByteBuffer.wrap(copy);
  }
}
