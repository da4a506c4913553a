package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.socket.PeerCredentials;
import org.asyncio4j.spi.transport.StreamBackend;
import org.asyncio4j.spi.transport.StreamEvents;
import org.asyncio4j.spi.transport.TransportResources;

/** The I/O of a stream transport over a socket with asynchronous operations. */
final class CompletionStream implements StreamBackend {

  private final CompletionSocket socket;
  private final CompletionReads reads;
  private final CompletionWrites writes;

  CompletionStream(
      CompletionEventLoop loop,
      TransportResources resources,
      CompletionSocket socket,
      Context context,
      StreamEvents events) {
    this.socket = socket;
    this.reads = new CompletionReads(loop, resources, socket, context, events);
    this.writes = new CompletionWrites(loop, socket, context, events);
  }

  @Override
  public void startReading() {
    reads.start();
  }

  @Override
  public void stopReading() {
    reads.stop();
  }

  /** Takes nothing, because the memory of an application cannot be lent to the system. */
  @Override
  public int write(ByteBuffer data) {
    return 0;
  }

  @Override
  public long write(ByteBuffer[] data, int count) {
    return 0;
  }

  @Override
  public void startWriting() {
    writes.start();
  }

  @Override
  public void stopWriting() {
    // No operation is pending any more.
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void cancel() {
    reads.cancel();
  }

  @Override
  public Optional<PeerCredentials> peerCredentials() {
    return socket.peerCredentials();
  }
}
