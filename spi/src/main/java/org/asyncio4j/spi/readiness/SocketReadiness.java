package org.asyncio4j.spi.readiness;

import java.io.IOException;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.Pollable;
import org.asyncio4j.spi.driver.Poller;

/** Both directions of an object that is watched for tasks and callbacks. */
final class SocketReadiness {

  private final Pollable socket;
  private final SocketWatch watch;
  private final ReadinessSlot reader;
  private final ReadinessSlot writer;

  SocketReadiness(ReadinessEventLoop loop, Poller poller, Pollable socket) {
    this.socket = socket;
    this.reader = new ReadinessSlot(loop, this, Interest.READ);
    this.writer = new ReadinessSlot(loop, this, Interest.WRITE);
    this.watch = new SocketWatch(poller, socket, this::ready);
  }

  ReadinessSlot reader() {
    return reader;
  }

  ReadinessSlot writer() {
    return writer;
  }

  /** Sets whether one kind of readiness is watched; costs nothing if nothing changes. */
  void watch(int bit, boolean on) throws IOException {
    watch.watch(bit, on);
  }

  /** Stops watching and wakes the waiting tasks. */
  void close() {
    watch.cancel();
    reader.closed();
    writer.closed();
  }

  /** Notifies the reader, then the writer. Runs on the thread that polls. */
  private void ready(int ready) {
    if ((ready & Interest.READ) != 0) {
      reader.ready();
    }
    if ((ready & Interest.WRITE) != 0) {
      writer.ready();
    }
  }

  @Override
  public String toString() {
    return socket.toString();
  }
}
