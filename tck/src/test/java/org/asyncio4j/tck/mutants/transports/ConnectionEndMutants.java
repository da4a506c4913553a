package org.asyncio4j.tck.mutants.transports;

import module java.base;

import java.lang.System.Logger.Level;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.spi.TaskLifetime;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.probe.ForeignTask;

/** Chapter 11: failures and ends of connections. */
public final class ConnectionEndMutants extends Defects {

  public ConnectionEndMutants() {
    defect("11.1", "ends a full buffer with a byte of its own")
        .connections(it ->
            it.writeEof.before(
                _ -> it.correct().writeBufferSize() > 0,
                _ -> it.correct().write(ByteBuffer.allocate(1))));
    defect("11.2", "does not listen after writeEof")
        .connections(it -> it.writeEof.after(_ -> it.correct().pauseReading()));
    defect("11.3", "drops writes after writeEof")
        .connections(it -> it.write.unless(it.writeEof.called()));
    defect("11.4", "refuses a second writeEof")
        .connections(it ->
            it.writeEof.refuse(
                Turn.from(2), _ -> new IllegalStateException("writeEof() was called before")));
    defect("11.5", "denies that it can end its output")
        .connections(it -> it.canWriteEof.always(false));
    defect("11.6", "calls eofReceived again when it is resumed")
        .connections(
            it -> it.resumeReading.after(it.eofReceived.called(), _ -> it.user().eofReceived()));
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
          Flag halfOpen = it.eofReceived.called();
          it.writeEof.before(_ -> halfOpen.clear());
          it.eofReceived.before(_ -> spin(it, halfOpen));
        });
    defect("11.10", "spins when both have ended")
        .connections(it -> {
          Flag peerEnded = it.eofReceived.called();
          it.writeEof.after(_ -> spin(it, peerEnded));
        });
    defect("11.11", "keeps the reason of a reset to itself")
        .connections(it -> {
          Flag wasPaused = it.pauseReading.called();
          it.connectionLost.givenIf(
              reason -> reason instanceof IOException && !wasPaused.isSet(), _ -> null);
        });
    defect("11.12 also .45, .46", "throws from write")
        .connections(it ->
            it.write.insteadIf(
                _ -> !it.correct().isClosing(),
                (correct, data) -> {
                  correct.call(data);
                  if (it.correct().isClosing()) {
                    throw new UncheckedIOException(new IOException("Broken pipe"));
                  }
                }));
    defect("11.13", "spins while paused")
        .connections(it -> it.pauseReading.after(_ -> spin(it, _ -> !it.correct().isReading())));
    defect("11.14", "wraps what dataReceived throws").connections(it -> wrap(it.dataReceived));
    defect("11.15", "wraps what getBuffer throws").connections(it -> wrap(it.getBuffer));
    defect("11.16", "makes room itself")
        .connections(it ->
            it.getBuffer.returns(lent -> lent.hasRemaining() ? lent : ByteBuffer.allocate(1_000)));
    defect("11.17", "wraps what bufferUpdated throws").connections(it -> wrap(it.bufferUpdated));
    defect("11.18", "wraps what eofReceived throws").connections(it -> wrap(it.eofReceived));
    defect("11.19", "aborts when connectionMade throws")
        .connections(it ->
            it.connectionMade.onFailure(RuntimeException.class, (_, _) -> it.correct().abort()));
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
          it.close.before(_ -> ends.incrementAndGet());
          it.abort.before(_ -> ends.incrementAndGet());
          it.connectionLost.after(_ -> ends.get() > 1, reason -> it.user().connectionLost(reason));
        });
    defect("11.23 also .28", "calls connectionLost within abort")
        .connections(it -> {
          Flag told = new Flag();
          it.abort.after(
              told.negate(),
              _ -> {
                told.set();
                it.user().connectionLost(null);
              });
          it.connectionLost.unless(told);
          it.connectionLost.before(_ -> told.set());
        });
    defect("11.24", "aborts instead of closing")
        .connections(it -> it.close.instead(_ -> it.correct().abort()));
    defect("11.25", "reads until the buffer is empty")
        .connections(it -> {
          Flag closing = it.close.called();
          it.close.instead((correct, _) -> closeWhenEmpty(it, correct.later()));
          it.isClosing.returns(correctly -> closing.isSet() || correctly);
        });
    defect("11.26", "does not close while reading is paused")
        .connections(it -> it.close.onlyIf(_ -> it.correct().isReading()));
    defect("11.27 also .45, .46", "refuses writes after the loss")
        .connections(it -> {
          Flag lost = it.connectionLost.called();
          it.write.refuse(lost, _ -> new IllegalStateException("the connection is lost"));
        });
    defect("11.28", "is closing when it is lost only")
        .connections(it -> {
          Flag closed = it.close.called();
          Flag lost = it.connectionLost.called();
          it.isClosing.aroundIf(closed, (_, _) -> lost.isSet());
        });
    defect("11.29", "is reading when it is closing")
        .connections(it -> {
          Flag paused = it.pausedReading();
          it.isReading.around((_, _) -> !paused.isSet());
        });
    defect("11.30", "forgets its addresses")
        .connections(it -> it.forget(it.connectionLost.called()));
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
        .connections(it -> it.dataReceived.given(Buffers::copy).lateIf(_ -> true, it.loop()));
    defect("11.35", "calls protocols in no context")
        .loop(loop -> loop.makeSocketTransport.with("context", _ -> Context.empty()));
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
        .connections(it -> it.connectionLost.unless(_ -> sendsFile(it)));
    defect("11.45", "loses files without a reason")
        .connections(ConnectionEndMutants::loseFilesQuietly);
    defect("11.46", "warns of what is dropped")
        .or("warns of many that are dropped", Turn.from(21))
        .connections(ConnectionEndMutants::warn);
    defect("11.47", "keeps the descriptor of a connection that is aborted with a full buffer")
        .loop(loop -> keepDescriptors(loop, Turn.always()));
    defect("11.47", "keeps the descriptors of later connections with a full buffer")
        .loop(loop -> keepDescriptors(loop, Turn.from(2)));
  }

  /** Keeps the loop busy. */
  private static void spin(ConnectionSeams it, Predicate<Object> spinning) {
    it.loop().spin(spinning.and(_ -> !it.correct().isClosing()));
  }

  private static void wrap(Seam<?, ?> method) {
    method.insteadOf(
        RuntimeException.class, failure -> new IllegalStateException("wrapped", failure));
  }

  private static void closeWhenEmpty(ConnectionSeams it, Runnable close) {
    if (it.correct().writeBufferSize() == 0) {
      close.run();
    } else {
      it.loop().callSoon(() -> closeWhenEmpty(it, close));
    }
  }

  /** Hides why a connection is lost that sends a file. */
  public static void loseFilesQuietly(ConnectionSeams it) {
    it.connectionLost.givenIf(_ -> sendsFile(it), _ -> null);
  }

  private static boolean sendsFile(ConnectionSeams it) {
    return it.user().getClass().getName().contains("SendFilePacer");
  }

  private static void warn(ConnectionSeams it) {
    Flag lost = new Flag();
    it.connectionLost.before(reason -> lost.put(reason != null));
    it.write.before(
        lost.and(it.turn()),
        _ -> System.getLogger("org.asyncio4j").log(Level.WARNING, "dropped by " + it.correct()));
  }

  /** Opens other ones in their places. */
  private static void keepDescriptors(MutantLoop loop, Turn due) {
    List<SocketChannel> kept = new ArrayList<>();
    loop.connections(it ->
        it.abort.before(
            _ -> it.correct().writeBufferSize() > 0 && due.comes(),
            _ -> kept.add(SocketChannel.open())));
    loop.closeResources.before(_ -> {
      for (SocketChannel channel : kept) {
        channel.close();
      }
    });
  }
}
