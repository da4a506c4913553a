package org.asyncio4j.internal.stream;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.WeakHashMap;
import org.asyncio4j.core.CancelledError;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions that the streams of one connection have thrown because of their peer, or because
 * the server has closed the connection: the exception objects, not their classes. This
 * distinguishes a handler that fails with the loss of its own client from one that fails with the
 * loss of another connection, or with a bug.
 *
 * <p>The first end of the connection decides. An end that neither the peer nor the server has
 * caused is attributed to the program: by the writer or by the transport, in any task.
 */
final class PeerFaults {

  private @Nullable Throwable loss;
  private boolean inputEnded;
  private boolean connectionEnded;
  private boolean cutOff;
  private @Nullable Set<Throwable>
      thrown; // weak, and by identity: none of our exceptions overrides equals

  /** Notes that the connection was lost with an exception, which the streams throw from then on. */
  void lostWith(Throwable reason) {
    loss = reason;
  }

  /**
   * Notes that the peer has ended its stream.
   *
   * @param whole whether that ends the connection
   */
  void endedByPeer(boolean whole) {
    inputEnded = true;
    connectionEnded |= whole;
  }

  /** Notes that the server is about to close the connection, which was open. */
  void cutOff() {
    inputEnded = true;
    connectionEnded = true;
    cutOff = true;
  }

  /** {@return whether the server has closed the connection} */
  boolean isCutOff() {
    return cutOff;
  }

  /** Notes an exception that is about to be thrown because of data from the peer. */
  <X extends Exception> X note(X fault) {
    if (thrown == null) {
      thrown = Collections.newSetFromMap(new WeakHashMap<>());
    }
    thrown.add(fault);
    return fault;
  }

  /**
   * Notes an exception that is about to be thrown because no more data arrives, unless the program
   * caused that.
   */
  <X extends Exception> X noteEndOfInput(X fault) {
    return inputEnded ? note(fault) : fault;
  }

  /**
   * Notes an exception that is about to be thrown because of an orderly loss, unless the program
   * caused it.
   */
  <X extends Exception> X noteLoss(X fault) {
    return connectionEnded ? note(fault) : fault;
  }

  /**
   * Returns whether a failure was caused only by the peer or the server: it is one of the noted
   * exceptions or was caused by one, and the same holds for all suppressed exceptions of it and its
   * causes, up to the noted one. A suppressed cancellation itself does not count, but its
   * suppressed exceptions do.
   */
  boolean explain(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> left = new ArrayDeque<>();
    left.add(failure);
    while (!left.isEmpty()) {
      Throwable next = left.remove();
      if (!seen.add(next)) {
        continue;
      }
      if (next instanceof CancelledError && next != failure) {
        Collections.addAll(left, next.getSuppressed());
      } else if (!leadsToNoted(next, left)) {
        return false;
      }
    }
    return true;
  }

  /** Follows the causes, which may form a cycle, and collects their suppressed exceptions. */
  private boolean leadsToNoted(Throwable failure, Deque<Throwable> suppressed) {
    Set<Throwable> passed = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable link = failure;
    while (link != null && passed.add(link)) {
      Collections.addAll(suppressed, link.getSuppressed());
      if (link == loss || (thrown != null && thrown.contains(link))) {
        return true;
      }
      link = link.getCause();
    }
    return false;
  }
}
