package org.asyncio4j.tck.mutants.transports;

import module java.base;

import java.lang.System.Logger.Level;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.spi.TaskLifetime;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.harness.Seam.Body;
import org.asyncio4j.tck.probe.ForeignTask;

/** Chapter 11: failures and ends of connections. */
public final class ConnectionEndMutants extends Defects {

  public ConnectionEndMutants() {
    defect("11.1", "ends a full buffer with a byte of its own")
        .connections(it ->
            it.writeEof.before(
                () -> it.correct().writeBufferSize() > 0,
                () -> it.correct().write(ByteBuffer.allocate(1))));
    defect("11.2", "does not listen after writeEof")
        .connections(it -> it.writeEof.after(() -> it.correct().pauseReading()));
    defect("11.3", "drops writes after writeEof")
        .connections(it -> it.write.unless(it.writeEof.called()));
    defect("11.4", "refuses a second writeEof")
        .connections(it -> {
          Flag ended = new Flag();
          it.writeEof.before(() -> {
            if (ended.isSet()) {
              throw new IllegalStateException("writeEof() was called before");
            }
            ended.set();
          });
        });
    defect("11.5", "denies that it can end its output")
        .connections(it -> it.canWriteEof.always(false));
    defect("11.6", "calls eofReceived again when it is resumed")
        .connections(
            it -> it.resumeReading.after(it.eofReceived.called(), () -> it.user().eofReceived()));
    defect("11.7", "aborts after the peer's end")
        .connections(it ->
            it.eofReceived.withResult(kept -> {
              if (!kept) {
                it.correct().abort();
              }
            }));
    defect("11.8", "drops writes after the peer's end")
        .connections(it -> it.write.unless(it.eofReceived.called()));
    defect("11.9", "spins while half-open")
        .connections(it -> {
          Flag spinning = new Flag();
          it.writeEof.before(spinning::clear);
          it.eofReceived.before(() -> {
            spinning.set();
            spin(it, spinning);
          });
        });
    defect("11.10", "spins when both have ended")
        .connections(it -> {
          Flag peerEnded = it.eofReceived.called();
          it.writeEof.after(() -> spin(it, peerEnded));
        });
    defect("11.11", "keeps the reason of a reset to itself")
        .connections(it -> {
          Flag wasPaused = it.pauseReading.called();
          it.connectionLost.given(
              reason -> reason instanceof IOException && !wasPaused.isSet() ? null : reason);
        });
    defect("11.12 also .45, .46", "throws from write")
        .connections(it ->
            it.write.instead((correct, data) -> {
              boolean before = it.correct().isClosing();
              correct.call(data);
              if (!before && it.correct().isClosing()) {
                throw new UncheckedIOException(new IOException("Broken pipe"));
              }
            }));
    defect("11.13", "spins while paused")
        .connections(it -> it.pauseReading.after(() -> spin(it, () -> !it.correct().isReading())));
    defect("11.14", "wraps what dataReceived throws").connections(it -> wrap(it.dataReceived));
    defect("11.15", "wraps what getBuffer throws").connections(it -> wrap(it.getBuffer));
    defect("11.16", "makes room itself")
        .connections(it ->
            it.getBuffer.returns(lent -> lent.hasRemaining() ? lent : ByteBuffer.allocate(1_000)));
    defect("11.17", "wraps what bufferUpdated throws").connections(it -> wrap(it.bufferUpdated));
    defect("11.18", "wraps what eofReceived throws").connections(it -> wrap(it.eofReceived));
    defect("11.19", "aborts when connectionMade throws")
        .connections(
            it -> it.connectionMade.onFailure(RuntimeException.class, _ -> it.correct().abort()));
    defect("11.20", "swallows what connectionLost throws")
        .connections(it -> it.connectionLost.swallowing(RuntimeException.class));
    defect("11.21", "loses data that comes with the end")
        .connections(it ->
            it.dataReceived.instead((correct, data) -> {
              ByteBuffer next = ByteBuffer.allocate(1);
              int count = ((StreamSocket) it.socket()).read(next);
              if (count >= 0) {
                correct.call(data);
              }
              if (count > 0) {
                correct.call(next.flip());
              }
            }));
    defect("11.22", "calls connectionLost again if it was ended twice")
        .connections(it -> {
          AtomicInteger ends = new AtomicInteger();
          it.close.before(ends::incrementAndGet);
          it.abort.before(ends::incrementAndGet);
          it.connectionLost.after(
              reason -> ends.get() > 1, reason -> it.user().connectionLost(reason));
        });
    defect("11.23 also .28", "calls connectionLost within abort")
        .connections(it -> {
          Flag told = new Flag();
          it.abort.after(
              () -> !told.isSet(),
              () -> {
                told.set();
                it.user().connectionLost(null);
              });
          it.connectionLost.unless(told);
          it.connectionLost.before(told::set);
        });
    defect("11.24", "aborts instead of closing")
        .connections(it -> it.close.instead((_, _) -> it.correct().abort()));
    defect("11.25", "reads until the buffer is empty")
        .connections(it -> {
          Flag closing = it.close.called();
          it.close.instead((correct, _) -> closeWhenEmpty(it, correct));
          it.isClosing.returns(correctly -> closing.isSet() || correctly);
        });
    defect("11.26", "does not close while reading is paused")
        .connections(it -> it.close.onlyIf(() -> it.correct().isReading()));
    defect("11.27 also .45, .46", "refuses writes after the loss")
        .connections(it -> {
          Flag lost = it.connectionLost.called();
          it.write.refuse(lost, () -> new IllegalStateException("the connection is lost"));
        });
    defect("11.28", "is closing when it is lost only")
        .connections(it -> {
          Flag closed = it.close.called();
          Flag lost = it.connectionLost.called();
          it.isClosing.returns(closing -> closed.isSet() ? lost.isSet() : closing);
        });
    defect("11.29", "is reading when it is closing")
        .connections(it -> {
          Flag paused = it.pausedReading();
          it.isReading.around((_, _) -> !paused.isSet());
        });
    defect("11.30", "forgets its addresses")
        .connections(it -> {
          Flag lost = it.connectionLost.called();
          it.forget(_ -> lost.isSet());
        });
    defect("11.31", "calls eofReceived of the first protocol")
        .connections(it -> {
          StreamProtocol first = it.user();
          it.eofReceived.around((_, _) -> first.eofReceived());
        });
    defect("11.32", "ignores a protocol of another kind")
        .connections(it -> it.setProtocol.onlyIf(StreamProtocol.class::isInstance));
    defect("11.33", "clears a lent buffer")
        .connections(it ->
            it.getBuffer.returns(
                lent -> lent.hasRemaining() && !lent.isReadOnly() ? lent.clear() : lent));
    defect("11.34 also .14", "reads on while a callback is parked")
        .connections(it ->
            it.dataReceived.instead((correct, data) -> {
              ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
              it.loop().callSoon(correct.later(copy));
            }));
    defect("11.35", "calls protocols in no context")
        .loop(loop ->
            loop.makeSocketTransport.given(it -> Requests.with(it, "context", Context.empty())));
    defect("11.36", "calls dataReceived in a task")
        .connections(it ->
            it.dataReceived.instead((correct, data) -> {
              ForeignTask task = new ForeignTask(it.loop(), "somebody");
              TaskLifetime.enterTask(it.loop(), task);
              try {
                correct.call(data);
              } finally {
                TaskLifetime.leaveTask(it.loop(), task);
              }
            }));
    defect("11.45", "is not lost while a file is sent")
        .connections(it -> it.connectionLost.unless(() -> sendsFile(it)));
    defect("11.45", "loses files without a reason")
        .connections(ConnectionEndMutants::loseFilesQuietly);
    defect("11.46", "warns of what is dropped").connections(it -> warn(it, Turn.always()));
    defect("11.46", "warns of many that are dropped").connections(it -> warn(it, Turn.from(21)));
    defect("11.47", "keeps the descriptor of a connection that is aborted with a full buffer")
        .loop(loop -> keepDescriptors(loop, Turn.always()));
    defect("11.47", "keeps the descriptors of later connections with a full buffer")
        .loop(loop -> keepDescriptors(loop, Turn.from(2)));
  }

  /** Keeps the loop busy. */
  static void spin(ConnectionSeams it, BooleanSupplier spinning) {
    if (spinning.getAsBoolean() && !it.correct().isClosing()) {
      it.loop().callSoon(() -> spin(it, spinning));
    }
  }

  private static void wrap(Seam<?, ?> method) {
    method.insteadOf(
        RuntimeException.class, failure -> new IllegalStateException("wrapped", failure));
  }

  private static void closeWhenEmpty(ConnectionSeams it, Body<Void, Void> close) {
    if (it.correct().writeBufferSize() == 0) {
      close.later().run();
    } else {
      it.loop().callSoon(() -> closeWhenEmpty(it, close));
    }
  }

  /** Hides why a connection is lost that sends a file. */
  public static void loseFilesQuietly(ConnectionSeams it) {
    it.connectionLost.given(reason -> sendsFile(it) ? null : reason);
  }

  private static boolean sendsFile(ConnectionSeams it) {
    return it.user().getClass().getName().contains("SendFilePacer");
  }

  private static void warn(ConnectionSeams it, BooleanSupplier warned) {
    boolean[] lost = new boolean[1];
    it.connectionLost.before(reason -> lost[0] = reason != null);
    it.write.before(
        () -> lost[0] && warned.getAsBoolean(),
        () -> System.getLogger("org.asyncio4j").log(Level.WARNING, "dropped by " + it.correct()));
  }

  /** Opens other ones in their places. */
  private static void keepDescriptors(MutantLoop loop, Turn due) {
    List<SocketChannel> kept = new ArrayList<>();
    loop.connections(it ->
        it.abort.before(
            () -> it.correct().writeBufferSize() > 0 && due.comes(),
            () -> kept.add(SocketChannel.open())));
    loop.closeResources.before(() -> {
      for (SocketChannel channel : kept) {
        channel.close();
      }
    });
  }
}
