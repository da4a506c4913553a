package org.asyncio4j.stream;

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
  private @Nullable Set<Throwable>
      thrown; // weak, and by identity: none of ours has another equality

  /** The connection was lost with this, which the streams throw from then on. */
  void lostWith(Throwable reason) {
    loss = reason;
  }

  /** Notes an exception of ours that is about to be thrown because of what the peer did. */
  <X extends Exception> X note(X fault) {
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
    return explains(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private boolean explains(Throwable failure, Set<Throwable> seen) {
    Throwable link = failure;
    while (link != null && seen.add(link)) {
      if (!explainsSuppressed(link, seen)) {
        return false;
      }
      if (isNoted(link)) {
        return true;
      }
      link = link.getCause();
    }
    return link != null && isNoted(link);
  }

  private boolean explainsSuppressed(Throwable link, Set<Throwable> seen) {
    for (Throwable suppressed : link.getSuppressed()) {
      boolean counts = !(suppressed instanceof CancelledError) && !seen.contains(suppressed);
      if (counts && !explains(suppressed, seen)) {
        return false;
      }
    }
    return true;
  }

  private boolean isNoted(Throwable link) {
    return link == loss || (thrown != null && thrown.contains(link));
  }
}
