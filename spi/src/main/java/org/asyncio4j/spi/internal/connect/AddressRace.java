package org.asyncio4j.spi.internal.connect;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.internal.race.Stagger;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.net.ConnectFailures;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several addresses that accepts (RFC 8305, section 5), in the calling
 * task.
 *
 * <p>An attempt is the future of a hook and not a task. Only the calling task checks outcomes. It
 * does not wait for the losers: a socket that is not returned is closed here, even if it is
 * connected late.
 */
final class AddressRace {

  private final NetworkLoop loop;
  private final List<ConnectSocketRequest> entrants;
  private final Stagger stagger;
  private final List<Future<SocketHandle>> attempts = new ArrayList<>();
  private final SortedMap<Integer, IOException> failures = new TreeMap<>();

  /**
   * Prepares a race.
   *
   * @param loop the loop whose hook connects
   * @param entrants the attempts, at least one
   * @param delay the time after which the next attempt starts as well; empty to wait for a failure
   */
  AddressRace(NetworkLoop loop, List<ConnectSocketRequest> entrants, Optional<Duration> delay) {
    this.loop = loop;
    this.entrants = entrants;
    this.stagger = new Stagger(loop.eventLoop(), entrants.size(), delay.orElse(null));
  }

  /**
   * Runs the race.
   *
   * @return the socket of the winner, which the caller owns
   * @throws IOException if all attempts failed: the first failure, with the others suppressed
   */
  SocketHandle run() throws IOException {
    @Nullable SocketHandle winner = null;
    try {
      winner = winner();
      return winner;
    } finally {
      stagger.stop();
      for (Future<SocketHandle> attempt : attempts) {
        discard(attempt, winner);
      }
    }
  }

  private SocketHandle winner() throws IOException {
    while (true) {
      startNextIfDue();
      SocketHandle connected = connected();
      if (connected != null) {
        return connected;
      }
      if (failures.size() == entrants.size()) {
        throw ConnectFailures.combined(List.copyOf(failures.values()));
      }
      if (!stagger.isNextDue()) {
        awaitChange();
      }
    }
  }

  private void startNextIfDue() {
    if (!stagger.isNextDue()) {
      return;
    }
    ConnectSocketRequest entrant = entrants.get(stagger.next());
    Future<SocketHandle> attempt;
    try {
      attempt = loop.hooks().connectSocket(entrant);
    } catch (IOException refused) {
      attempt = failed(refused);
    }
    attempts.add(attempt);
    stagger.began(attempt);
  }

  private Future<SocketHandle> failed(IOException refused) {
    Promise<SocketHandle> attempt = loop.eventLoop().createFuture();
    attempt.setException(refused);
    return attempt;
  }

  /** Notes the outcomes so far, and returns the first connected socket in order, if any. */
  private @Nullable SocketHandle connected() throws IOException {
    for (int index = 0; index < attempts.size(); index++) {
      Future<SocketHandle> attempt = attempts.get(index);
      if (attempt.isDone() && !failures.containsKey(index)) {
        try {
          return attempt.awaitThrowing(IOException.class);
        } catch (IOException failure) {
          ConnectSocketRequest request = entrants.get(index);
          failures.put(index, ConnectFailures.named(failure, request.remote(), request.local()));
          stagger.failed(index);
        }
      }
    }
    return null;
  }

  private void awaitChange() {
    List<Future<SocketHandle>> running =
        attempts.stream().filter(attempt -> !attempt.isDone()).toList();
    if (running.size() == 1 && !stagger.hasNext()) {
      // Nothing else can happen, so await the attempt itself: call graphs show it, and it costs no
      // tick.
      awaitLast(running.getFirst());
      return;
    }
    Consumer<Future<SocketHandle>> waking = done -> stagger.wake();
    running.forEach(attempt -> attempt.addDoneCallback(waking));
    try {
      stagger.awaitChange();
    } finally {
      running.forEach(attempt -> attempt.removeDoneCallback(waking));
    }
  }

  private static void awaitLast(Future<SocketHandle> attempt) {
    try {
      SocketHandle ignored = attempt.awaitThrowing(IOException.class);
    } catch (IOException failure) {
      // The next check of the attempts finds the failure.
    }
  }

  /**
   * Cancels an attempt that is no longer needed, and closes its socket, even if it is connected
   * late.
   */
  private static void discard(Future<SocketHandle> attempt, @Nullable SocketHandle winner) {
    boolean ignored = attempt.cancel();
    if (attempt.isDone()) {
      close(attempt, winner);
    } else {
      attempt.addDoneCallback(done -> close(done, winner)); // cancelling it may take a while
    }
  }

  private static void close(Future<SocketHandle> attempt, @Nullable SocketHandle winner) {
    if (!attempt.isCancelled() && attempt.exception().isEmpty() && attempt.result() != winner) {
      attempt.result().close();
    }
  }
}
