package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.asyncio4j.core.Context;
import org.asyncio4j.spi.transport.DatagramBackend;
import org.asyncio4j.spi.transport.DatagramEvents;
import org.jspecify.annotations.Nullable;

/** The I/O of a datagram transport over a socket with asynchronous operations. */
final class CompletionDatagrams implements DatagramBackend {

  private final CompletionDatagramSocket socket;
  private final CompletionReceives receives;
  private final CompletionSends sends;

  CompletionDatagrams(
      CompletionEventLoop loop,
      IntFunction<ByteBuffer> allocator,
      CompletionDatagramSocket socket,
      Context context,
      DatagramEvents events) {
    this.socket = socket;
    this.receives = new CompletionReceives(loop, allocator, socket, context, events);
    this.sends = new CompletionSends(loop, allocator, socket, context, events);
  }

  @Override
  public void startReading() {
    receives.start();
  }

  @Override
  public void stopReading() {
    receives.stop();
  }

  /** Takes nothing, because the memory of an application cannot be lent to the system. */
  @Override
  public boolean send(ByteBuffer data, @Nullable SocketAddress to) {
    return false;
  }

  @Override
  public void startWriting() {
    sends.start();
  }

  @Override
  public void stopWriting() {
    // No operation is pending any more.
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
    receives.stop();
  }
}
