package org.asyncio4j.spi;

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
import org.asyncio4j.core.TimerHandle;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several addresses that answers (RFC 8305, section 5; asyncio, {@code
 * staggered_race}), in the task that called. An attempt starts when the one before it has failed,
 * or has not answered for a while.
 *
 * <p>Only that task starts attempts and looks at how they ended: whatever happens only wakes it. A
 * socket that it does not return is closed here, whenever it comes.
 */
final class AddressRace {

  private final BaseEventLoop loop;
  private final List<ConnectSocketRequest> entrants;
  private final Optional<Duration> delay;
  private final List<Future<SocketHandle>> attempts = new ArrayList<>();
  private final SortedMap<Integer, IOException> failures = new TreeMap<>();
  private @Nullable Promise<@Nullable Void> change; // while the task waits for one
  private @Nullable TimerHandle timer;
  private boolean nextIsDue = true;

  /**
   * Prepares a race.
   *
   * @param loop whose hook connects
   * @param entrants at least one
   * @param delay how long an attempt is given before the next one starts as well, if it does
   */
  AddressRace(BaseEventLoop loop, List<ConnectSocketRequest> entrants, Optional<Duration> delay) {
    this.loop = loop;
    this.entrants = entrants;
    this.delay = delay;
  }

  /**
   * Runs the race.
   *
   * @return the socket of the winner, which is the caller's
   * @throws IOException if all attempts failed: the first failure, with the others as suppressed
   */
  SocketHandle run() throws IOException {
    @Nullable SocketHandle winner = null;
    try {
      winner = winner();
      return winner;
    } finally {
      cancelTimer();
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
      if (!nextIsDue || attempts.size() == entrants.size()) {
        awaitChange();
      }
    }
  }

  private void startNextIfDue() {
    if (!nextIsDue || attempts.size() == entrants.size()) {
      return;
    }
    nextIsDue = false;
    cancelTimer();
    int index = attempts.size();
    Future<SocketHandle> attempt;
    try {
      attempt = loop.hooks().connectSocket(entrants.get(index));
    } catch (IOException refused) {
      attempt = failed(refused);
    }
    attempts.add(attempt);
    if (delay.isPresent() && attempts.size() < entrants.size() && !attempt.isDone()) {
      timer = loop.callLater(delay.get(), this::delayIsOver);
    }
  }

  private Future<SocketHandle> failed(IOException refused) {
    Promise<SocketHandle> attempt = loop.createFuture();
    attempt.setException(refused);
    return attempt;
  }

  /** Notes what ended meanwhile; the first in order that is connected, if any. */
  private @Nullable SocketHandle connected() throws IOException {
    for (int index = 0; index < attempts.size(); index++) {
      Future<SocketHandle> attempt = attempts.get(index);
      if (attempt.isDone() && !failures.containsKey(index)) {
        try {
          return attempt.awaitThrowing(IOException.class);
        } catch (IOException failure) {
          ConnectSocketRequest request = entrants.get(index);
          failures.put(index, ConnectFailures.named(failure, request.remote(), request.local()));
          nextIsDue |= index == attempts.size() - 1;
        }
      }
    }
    return null;
  }

  private void awaitChange() {
    List<Future<SocketHandle>> running =
        attempts.stream().filter(attempt -> !attempt.isDone()).toList();
    if (running.size() == 1 && attempts.size() == entrants.size()) {
      // Nothing else can happen: await it itself, which call graphs show, and which costs no tick.
      awaitLast(running.getFirst());
      return;
    }
    Consumer<Future<SocketHandle>> waking = done -> wake();
    Promise<@Nullable Void> awaited = loop.createFuture();
    change = awaited;
    running.forEach(attempt -> attempt.addDoneCallback(waking));
    try {
      awaited.await();
    } finally {
      change = null;
      running.forEach(attempt -> attempt.removeDoneCallback(waking));
    }
  }

  private static void awaitLast(Future<SocketHandle> attempt) {
    try {
      SocketHandle ignored = attempt.awaitThrowing(IOException.class);
    } catch (IOException failure) {
      // Whoever looks at the attempts finds it.
    }
  }

  private void delayIsOver() {
    nextIsDue = true;
    wake();
  }

  private void wake() {
    if (change != null) {
      change.trySetResult(null);
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /**
   * Ends an attempt that nobody waits for any more, and closes its socket, even one that comes
   * late.
   */
  private static void discard(Future<SocketHandle> attempt, @Nullable SocketHandle winner) {
    boolean ignored = attempt.cancel();
    if (attempt.isDone()) {
      close(attempt, winner);
    } else {
      attempt.addDoneCallback(done -> close(done, winner)); // it takes its time to be cancelled
    }
  }

  private static void close(Future<SocketHandle> attempt, @Nullable SocketHandle winner) {
    if (!attempt.isCancelled() && attempt.exception().isEmpty() && attempt.result() != winner) {
      attempt.result().close();
    }
  }
}
