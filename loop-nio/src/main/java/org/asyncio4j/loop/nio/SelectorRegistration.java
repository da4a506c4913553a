package org.asyncio4j.loop.nio;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.ReadinessListener;
import org.asyncio4j.spi.driver.Registration;

/** A channel in a {@link SelectorPoller}; the attachment of its key, which refers to it weakly. */
final class SelectorRegistration implements Registration {

  private final SelectorPoller poller;
  private final ReadinessListener listener;
  private final SelectionKey key;
  private int interest;
  private boolean cancelled;

  /** Creates a registration for a new key without interest. */
  SelectorRegistration(SelectorPoller poller, SelectionKey key, ReadinessListener listener) {
    this.poller = poller;
    this.key = key;
    this.listener = listener;
  }

  @Override
  public int interest() {
    return interest;
  }

  @Override
  public void setInterest(int changed) {
    if (changed == interest || cancelled) {
      return;
    }
    int operations = operations(changed, key.channel());
    interest = changed;
    try {
      key.interestOps(operations);
    } catch (CancelledKeyException e) {
      // The channel or the poller was closed first, so nothing will ever be ready.
      cancelled = true;
    }
  }

  @Override
  public void cancel() {
    if (cancelled) {
      return;
    }
    cancelled = true;
    interest = Interest.NONE;
    key.cancel();
    poller.forget(this);
    poller.flushCancelled();
  }

  /** Returns whether the channel is still open and watched. */
  boolean isValid() {
    return key.isValid();
  }

  /** Notifies the listener, if it is still interested. */
  void dispatch() {
    int ready = interests(key.readyOps()) & interest;
    if (ready != Interest.NONE) {
      listener.ready(ready);
    }
  }

  /**
   * Converts interest bits to a channel's operations. OP_CONNECT is always set with OP_WRITE: the
   * selector reports it only while a connect is pending, so one interest covers both without a
   * change after the connect.
   */
  private static int operations(int interest, SelectableChannel channel) {
    int operations = 0;
    if ((interest & Interest.READ) != 0) {
      operations |= valid(channel, SelectionKey.OP_READ | SelectionKey.OP_ACCEPT, "read from");
    }
    if ((interest & Interest.WRITE) != 0) {
      operations |= valid(channel, SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT, "written to");
    }
    return operations;
  }

  private static int valid(SelectableChannel channel, int operations, String wanted) {
    int valid = operations & channel.validOps();
    if (valid == 0) {
      throw new IllegalArgumentException(
          "cannot watch %s: it cannot be %s".formatted(channel, wanted));
    }
    return valid;
  }

  private static int interests(int operations) {
    int interest = Interest.NONE;
    if ((operations & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0) {
      interest |= Interest.READ;
    }
    if ((operations & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0) {
      interest |= Interest.WRITE;
    }
    return interest;
  }
}
