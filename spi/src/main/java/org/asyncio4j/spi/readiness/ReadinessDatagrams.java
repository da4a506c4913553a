package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.core.Context;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.Poller;
import org.asyncio4j.spi.transport.DatagramBackend;
import org.asyncio4j.spi.transport.DatagramEvents;
import org.jspecify.annotations.Nullable;

/** The I/O of a datagram transport over a non-blocking socket that a poller watches. */
final class ReadinessDatagrams implements DatagramBackend {

  private final DatagramSocket socket;
  private final DatagramEvents events;
  private final SocketWatch watch;
  private final IoHandle reader;
  private final IoHandle writer;
  private final RoomWait wait;
  private boolean refused; // the datagram that was tried last
  private @Nullable SocketAddress refusedTo;

  ReadinessDatagrams(
      ReadinessEventLoop loop,
      Poller poller,
      DatagramSocket socket,
      Context context,
      DatagramEvents events) {
    this.socket = socket;
    this.events = events;
    this.watch = new SocketWatch(poller, socket, this::ready);
    this.reader = loop.ioHandle(this::receive, context, "receive on", events);
    this.writer = loop.ioHandle(events::writable, context, "send on", events);
    this.wait = new RoomWait(this, socket, loop, writer::queue);
  }

  @Override
  public void startReading() {
    watch(Interest.READ, true);
  }

  @Override
  public void stopReading() {
    reader.cancel();
    watch(Interest.READ, false);
  }

  @Override
  public boolean send(ByteBuffer data, @Nullable SocketAddress to) throws IOException {
    refused = false;
    if (socket.send(data, to)) {
      wait.progressed();
      return true;
    }
    refused = true;
    refusedTo = to;
    return false;
  }

  @Override
  public void startWriting() {
    if (refused) {
      wait.forRoom(refusedTo);
    } else {
      wait.forTurn();
    }
  }

  @Override
  public void stopWriting() {
    wait.end();
  }

  @Override
  public void joinGroup(InetAddress group, NetworkInterface on) throws IOException {
    socket.joinGroup(group, on);
  }

  @Override
  public void leaveGroup(InetAddress group, NetworkInterface on) throws IOException {
    socket.leaveGroup(group, on);
  }

  @Override
  public void cancel() {
    wait.stopTimer();
    watch.cancel();
  }

  void watch(int bit, boolean on) {
    try {
      watch.watch(bit, on);
    } catch (IOException failure) {
      events.failed(failure);
    }
  }

  private void receive() {
    events.readFrom(socket);
  }

  /** Notifies the reader, then the writer. Runs on the thread that polls. */
  private void ready(int ready) {
    if ((ready & Interest.READ) != 0) {
      reader.queue();
    }
    if ((ready & Interest.WRITE) != 0) {
      writer.queue();
    }
  }
}
