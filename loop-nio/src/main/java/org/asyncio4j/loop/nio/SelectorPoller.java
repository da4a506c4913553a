package org.asyncio4j.loop.nio;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncio4j.spi.driver.Pollable;
import org.asyncio4j.spi.driver.Poller;
import org.asyncio4j.spi.driver.ReadinessListener;
import org.asyncio4j.spi.driver.Registration;

/** Waits with a {@link Selector}. */
final class SelectorPoller implements Poller {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final int FIRST_SWEEP = 64;

  private final NioResources resources;
  private final Selector selector;

  // Held here because the keys refer to them weakly. A channel may be closed without cancelling its
  // registration.
  private final Set<SelectorRegistration> registrations = new HashSet<>();
  private int sweepAt = FIRST_SWEEP;

  // Set by wakeUp() until the next poll ends, so that only the first wake-up makes a system call.
  // It survives flushCancelled(), whose selectNow() consumes the selector's own wake-up.
  private final AtomicBoolean woken = new AtomicBoolean();

  // True while the selector calls listeners; it must not be re-entered during that time.
  private boolean selecting;

  // The number of tasks and callbacks in forgetCancelled().
  private int forgetting;

  SelectorPoller(NioResources resources) {
    this.resources = resources;
    this.selector = resources.selector();
  }

  @Override
  public Registration register(Pollable socket, int interest, ReadinessListener listener)
      throws IOException {
    SelectableChannel channel = channelOf(socket);
    SelectionKey present = channel.keyFor(selector);
    if (present != null && present.isValid()) {
      throw new IllegalStateException(
          "cannot watch " + socket + ": it is watched already; cancel that registration first");
    }
    SelectionKey key = newKey(channel);
    var registration = new SelectorRegistration(this, key, listener);
    key.attach(new WeakReference<>(registration));
    remember(registration);
    registration.setInterest(interest);
    return registration;
  }

  private void remember(SelectorRegistration registration) {
    if (registrations.size() >= sweepAt) {
      registrations.removeIf(known -> !known.isValid());
      sweepAt = Math.max(FIRST_SWEEP, 2 * registrations.size());
    }
    registrations.add(registration);
  }

  /** Called when a registration was cancelled. */
  void forget(SelectorRegistration registration) {
    registrations.remove(registration);
  }

  private static SelectableChannel channelOf(Pollable watched) {
    return watched instanceof WatchedChannel(var foreign)
        ? foreign
        : ((NioSocket<?>) watched).channel();
  }

  private SelectionKey newKey(SelectableChannel channel) throws IOException {
    try {
      return channel.register(selector, 0);
    } catch (CancelledKeyException e) {
      // The key of an earlier registration was cancelled, but the selector has not removed it yet.
      forgetCancelled();
      return channel.register(selector, 0);
    }
  }

  @Override
  public void poll(long waitNanos) throws IOException {
    if (forgetting > 0) {
      // A fiber holds the selector's lock and waits, off this thread, for an inner lock. A tick of
      // the loop resumes it, which could not happen if this thread waited for the fiber.
      Thread.onSpinWait();
      return;
    }
    if (Thread.currentThread().isInterrupted()) {
      // A selector does not wait in an interrupted thread: the flag would make the loop spin.
      Thread.interrupted();
    }
    selecting = true;
    try {
      select(waitNanos);
    } finally {
      selecting = false;
      // An exchange, not a store: a thread that woke the loop before this point had published its
      // work, which the loop now sees.
      woken.getAndSet(false);
    }
  }

  private void select(long waitNanos) throws IOException {
    if (waitNanos <= 0 || woken.get()) {
      selector.selectNow(SelectorPoller::dispatch);
    } else if (waitNanos == Long.MAX_VALUE) {
      selector.select(SelectorPoller::dispatch);
    } else {
      selector.select(SelectorPoller::dispatch, toMillisRoundedUp(waitNanos));
    }
  }

  private static long toMillisRoundedUp(long nanos) {
    return (nanos - 1) / NANOS_PER_MILLI + 1;
  }

  private static void dispatch(SelectionKey key) {
    if (((WeakReference<?>) key.attachment()).get() instanceof SelectorRegistration registration) {
      registration.dispatch();
    }
  }

  private static void ignore(SelectionKey key) {
    // Readiness is level-triggered: the next poll reports it.
  }

  /**
   * Makes the selector remove cancelled keys now. A channel keeps its descriptor, and so its port,
   * while it is registered with a selector, so closing it would otherwise have no effect before the
   * next poll.
   */
  void flushCancelled() {
    if (selecting || !selector.isOpen()) {
      return; // the selector removes them after the selection, or has removed them when it was
      // closed
    }
    try {
      forgetCancelled();
    } catch (IOException ignored) {
      // The next poll fails in the same way, and its caller can handle the failure.
    }
  }

  /**
   * Runs in a fiber, because it may have to wait for a lock of the selector that another thread
   * holds in wakeUp().
   */
  private void forgetCancelled() throws IOException {
    forgetting++;
    try {
      selector.selectNow(SelectorPoller::ignore);
    } finally {
      forgetting--;
    }
  }

  @Override
  public void wakeUp() {
    if (!woken.getAndSet(true)) {
      selector.wakeup();
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException ignored) {
      // The failure cannot be handled.
    }
    registrations.clear();
  }

  @Override
  public AutoCloseable resources() {
    return resources;
  }
}
