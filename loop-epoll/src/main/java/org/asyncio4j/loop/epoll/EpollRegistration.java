package org.asyncio4j.loop.epoll;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.ReadinessListener;
import org.asyncio4j.spi.driver.Registration;

/** The registration of a socket with an {@link EpollPoller}. */
final class EpollRegistration implements Registration {

  final EpollPollable socket;
  final int fd;

  // Distinguishes this registration from earlier ones of the same descriptor number.
  final int generation;

  private final EpollPoller poller;
  private final ReadinessListener listener;
  private int interest;

  EpollRegistration(
      EpollPoller poller,
      EpollPollable socket,
      int fd,
      int generation,
      ReadinessListener listener) {
    this.poller = poller;
    this.socket = socket;
    this.fd = fd;
    this.generation = generation;
    this.listener = listener;
  }

  /** Returns the data that the kernel returns with an event. */
  long data() {
    return ((long) generation << 32) | fd;
  }

  @Override
  public int interest() {
    return interest;
  }

  @Override
  public void setInterest(int changed) {
    try {
      changeInterest(changed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void changeInterest(int changed) throws IOException {
    if (changed != interest && poller.watches(this)) {
      poller.control(this, interest, changed);
      interest = changed;
    }
  }

  @Override
  public void cancel() {
    if (poller.watches(this)) {
      poller.remove(this, interest);
      interest = Interest.NONE;
    }
  }

  /** Notifies the listener, if it is still interested. */
  void dispatch(int events) {
    int ready = ready(events) & interest;
    if (ready != Interest.NONE) {
      listener.ready(ready);
    }
  }

  private static int ready(int events) {
    if ((events & (EventArray.EPOLLERR | EventArray.EPOLLHUP)) != 0) {
      return Interest.READ | Interest.WRITE;
    }
    return ((events & EventArray.EPOLLIN) != 0 ? Interest.READ : Interest.NONE)
        | ((events & EventArray.EPOLLOUT) != 0 ? Interest.WRITE : Interest.NONE);
  }
}
