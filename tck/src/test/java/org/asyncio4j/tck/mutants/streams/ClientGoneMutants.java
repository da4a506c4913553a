package org.asyncio4j.tck.mutants.streams;

import java.net.UnixDomainSocketAddress;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.hooks.TlsTransportRequest.OfTransport;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 16: clients that are gone. */
public final class ClientGoneMutants extends Defects {

  public ClientGoneMutants() {
    handlers();
    ends();
    unix();
    tls();

    defect("16.38", "cancels tasks that close")
        .also("16.17", "16.18", "16.34", "16.39")
        .connections(it -> cancelWhoCloses(it, () -> true));

    defect("16.38", "cancels writers that close")
        .also("16.17", "16.18", "16.34")
        .connections(it -> cancelWhoCloses(it, it.write.called()));
  }

  private static void cancelWhoCloses(ConnectionSeams it, BooleanSupplier isCancelled) {
    it.close.after(isCancelled, () -> it.loop().currentTask().ifPresent(Task::cancel));
  }

  private void handlers() {
    defect("16.33", "cancels one handler only")
        .also("16.35", "16.36", "16.37", "16.44")
        .loop(loop -> {
          Turn first = Turn.first();
          loop.tasks(it -> it.cancel.onlyIf(first));
        });

    defect("16.37", "is held by a handler that blocks").onHandoff().loop(_ -> {});

    defect("16.37", "interrupts no handler that blocks")
        .loop(loop -> loop.options(given -> given.withInterruptOnCancel(false)));
  }

  private void ends() {
    defect("16.33", "does not notice resets")
        .also("16.14", "16.30", "16.32", "16.36", "16.37", "16.41", "16.42")
        .connections(it -> {
          Flag written = it.write.called();
          Flag heard = it.dataReceived.called();
          Flag paused = it.pauseWriting.called();
          it.connectionLost.unless(
              reason -> reason != null && written.isSet() && !heard.isSet() && !paused.isSet());
        });

    defect("16.34", "takes an end for a loss")
        .also("16.4", "16.16", "16.31", "16.39")
        .connections(it ->
            it.eofReceived.around((_, _) -> {
              it.correct().abort();
              return true;
            }));

    defect("16.34", "loses clients that have asked")
        .also("16.4", "16.31")
        .connections(it -> {
          Flag heard = it.dataReceived.called();
          it.eofReceived.returns(kept -> {
            if (heard.isSet()) {
              it.correct().abort();
            }
            return heard.isSet() || kept;
          });
        });
  }

  private void unix() {
    defect("16.36", "does not notice on Unix sockets")
        .connections(it -> it.connectionLost.unless(reason -> reason != null && isUnix(it)));

    defect("16.36", "does not notice the second reset of a Unix connection")
        .loop(loop -> {
          Turn second = Turn.second();
          loop.connections(it -> {
            if (isUnix(it) && second.getAsBoolean()) {
              it.connectionLost.unless(reason -> reason != null);
            }
          });
        });
  }

  private static boolean isUnix(ConnectionSeams it) {
    return it.socket().localAddress() instanceof UnixDomainSocketAddress;
  }

  private void tls() {
    defect("16.35", "does not call connectionLost when TLS ends properly")
        .also("16.44")
        .tlsConnections(it -> it.connectionLost.unless(reason -> reason == null));

    // One client has two ends.
    defect("16.35", "calls connectionLost for the first end of TLS only")
        .also("16.44")
        .loop(loop -> {
          Turn later = Turn.from(3);
          loop.tlsConnections(it -> {
            if (later.getAsBoolean()) {
              it.connectionLost.unless(reason -> reason == null);
            }
          });
        });

    defect("16.44", "calls no connectionLost when TLS ends properly that was begun later")
        .loop(loop -> hideEnds(loop, Turn.always(), reason -> reason == null));

    defect("16.44", "calls no connectionLost from the second connection on that begins TLS later")
        .loop(loop -> hideEnds(loop, Turn.from(3), _ -> true));
  }

  /** Does not tell how connections end that began TLS later. */
  private static void hideEnds(MutantLoop loop, Turn concerned, Predicate<Throwable> isHidden) {
    loop.tlsConnections(it -> {
      if (it.carrier() instanceof OfTransport && concerned.getAsBoolean()) {
        it.connectionLost.unless(isHidden);
      }
    });
  }
}
