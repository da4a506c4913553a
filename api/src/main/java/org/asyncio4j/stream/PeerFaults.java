package org.asyncio4j.stream;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.WeakHashMap;
import org.asyncio4j.core.CancelledError;
import org.jspecify.annotations.Nullable;

/**
 * What the streams of one connection have thrown because of their peer: the very exceptions, not
 * their classes. So a handler that fails with the loss of its own client can be distinguished from
 * one that fails with the loss of another connection, or with a mistake.
 */
final class PeerFaults {

  private @Nullable Throwable loss;
  private boolean endedHere;
  private @Nullable Set<Throwable>
      thrown; // weak, and by identity: none of ours has another equality

  /** The connection was lost with this, which the streams throw from then on. */
  void lostWith(Throwable reason) {
    loss = reason;
  }

  /** The program has closed the connection: what the streams throw from then on is its mistake. */
  void endHere() {
    endedHere = true;
  }

  /**
   * Notes an exception of ours that is about to be thrown because of what the peer did, unless the
   * program has closed the connection itself.
   */
  <X extends Exception> X note(X fault) {
    if (endedHere) {
      return fault;
    }
    if (thrown == null) {
      thrown = Collections.newSetFromMap(new WeakHashMap<>());
    }
    thrown.add(fault);
    return fault;
  }

  /**
   * Returns whether a failure says nothing but what the peer did: it is one of the noted exceptions
   * or was caused by one, and so were all exceptions that it suppresses. Cancellations that it
   * suppresses do not count.
   */
  boolean explain(Throwable failure) {
    return new Search().explains(failure);
  }

  private boolean isNoted(Throwable link) {
    return link == loss || (thrown != null && thrown.contains(link));
  }

  /** Walks causes and suppressed exceptions, which may lead to the same one by several ways. */
  private final class Search {

    private final IdentityHashMap<Throwable, Boolean> verdicts = new IdentityHashMap<>();
    private final Set<Throwable> path = Collections.newSetFromMap(new IdentityHashMap<>());

    boolean explains(Throwable failure) {
      Boolean known = verdicts.get(failure);
      if (known != null) {
        return known;
      }
      path.add(failure);
      boolean explained = isCausedByPeer(failure) && explainsSuppressed(failure);
      path.remove(failure);
      verdicts.put(failure, explained);
      return explained;
    }

    private boolean isCausedByPeer(Throwable failure) {
      Throwable cause = failure.getCause();
      return isNoted(failure) || (cause != null && !path.contains(cause) && explains(cause));
    }

    private boolean explainsSuppressed(Throwable failure) {
      return Arrays.stream(failure.getSuppressed())
          .filter(suppressed -> !(suppressed instanceof CancelledError))
          .filter(suppressed -> !path.contains(suppressed))
          .allMatch(this::explains);
    }
  }
}
