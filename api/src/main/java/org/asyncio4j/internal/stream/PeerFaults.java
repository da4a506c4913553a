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
 * What the streams of one connection have thrown because of their peer, or because of the server
 * that has cut them off: the very exceptions, not their classes. So a handler that fails with the
 * loss of its own client can be distinguished from one that fails with the loss of another
 * connection, or with a mistake.
 *
 * <p>What ended the connection first decides. An end that nobody else has caused is the program's:
 * by the writer or by the transport, in whatever task.
 */
final class PeerFaults {

  private @Nullable Throwable loss;
  private boolean inputEnded;
  private boolean connectionEnded;
  private boolean cutOff;
  private @Nullable Set<Throwable>
      thrown; // weak, and by identity: none of ours has another equality

  /** The connection was lost with this, which the streams throw from then on. */
  void lostWith(Throwable reason) {
    loss = reason;
  }

  /**
   * The peer has ended its stream.
   *
   * @param whole whether that ends the connection
   */
  void endedByPeer(boolean whole) {
    inputEnded = true;
    connectionEnded |= whole;
  }

  /** The server is about to close the connection, which was open. */
  void cutOff() {
    inputEnded = true;
    connectionEnded = true;
    cutOff = true;
  }

  /** {@return whether the server has closed the connection} */
  boolean isCutOff() {
    return cutOff;
  }

  /** Notes an exception of ours that is about to be thrown because of what the peer has sent. */
  <X extends Exception> X note(X fault) {
    if (thrown == null) {
      thrown = Collections.newSetFromMap(new WeakHashMap<>());
    }
    thrown.add(fault);
    return fault;
  }

  /** Notes one that is about to be thrown because no more arrives, unless the program did that. */
  <X extends Exception> X noteEndOfInput(X fault) {
    return inputEnded ? note(fault) : fault;
  }

  /** Notes one that is about to be thrown because of an orderly loss, unless the program did it. */
  <X extends Exception> X noteLoss(X fault) {
    return connectionEnded ? note(fault) : fault;
  }

  /**
   * Returns whether a failure says nothing but what the peer or the server did: it is one of the
   * noted exceptions or was caused by one, and the same holds for all exceptions that it and its
   * causes suppress, up to the one that was noted. A suppressed cancellation does not count itself,
   * but what it suppresses does.
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

  /** Follows the causes, which may lead in a circle, and puts by what they suppress. */
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
