package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.net.socket.PeerCredentials;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.Poller;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.transport.OutputReservation;
import org.asyncio4j.spi.transport.StreamBackend;
import org.asyncio4j.spi.transport.StreamEngine;
import org.asyncio4j.spi.transport.StreamEvents;

/** The I/O of a stream transport over a non-blocking socket that a poller watches. */
final class ReadinessStream implements StreamBackend {

  private final ReadinessEventLoop loop;
  private final StreamSocket socket;
  private final StreamEvents events;
  private final SocketWatch watch;
  private final IoHandle reader;
  private final IoHandle writer;

  ReadinessStream(
      ReadinessEventLoop loop,
      Poller poller,
      StreamSocket socket,
      Context context,
      StreamEvents events) {
    this.loop = loop;
    this.socket = socket;
    this.events = events;
    this.watch = new SocketWatch(poller, socket, this::ready);
    this.reader = loop.ioHandle(this::read, context, "receive on", events);
    this.writer = loop.ioHandle(events::writable, context, "write to", events);
  }

  /**
   * Lets the system copy a part of a file, after the buffered bytes. Suspends the current task.
   *
   * @param engine the transport of this backend
   * @param region the file region
   * @return the number of bytes sent
   */
  long sendFile(StreamEngine engine, FileRegion region) throws IOException {
    try (OutputReservation output = engine.reserveOutput()) {
      output.awaitFlush();
      return new FileSender(loop, socket, region).run(output::awaitRoom, output::requireConnection);
    } catch (SocketException failure) {
      events.failed(failure); // like a failed write
      throw failure;
    }
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
  public void startWriting() {
    watch(Interest.WRITE, true);
  }

  @Override
  public void stopWriting() {
    watch(Interest.WRITE, false);
  }

  @Override
  public int write(ByteBuffer data) throws IOException {
    return socket.write(data);
  }

  @Override
  public long write(ByteBuffer[] data, int count) throws IOException {
    return socket.write(data, count);
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void cancel() {
    watch.cancel();
  }

  @Override
  public Optional<PeerCredentials> peerCredentials() {
    return socket.peerCredentials();
  }

  private void read() {
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

  private void watch(int bit, boolean on) {
    try {
      watch.watch(bit, on);
    } catch (IOException refused) {
      events.failed(refused);
    }
  }
}
