package org.example.asyncchannel;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.asyncio4j.spi.completion.CompletionDatagramSocket;
import org.asyncio4j.spi.completion.CompletionListener;
import org.asyncio4j.spi.completion.CompletionPort;
import org.asyncio4j.spi.completion.CompletionQueue;
import org.asyncio4j.spi.completion.CompletionSocket;
import org.asyncio4j.spi.completion.CompletionSockets;
import org.asyncio4j.spi.completion.PendingOperation;

/**
 * One thread reports completed operations of TCP channels; each operation of another channel blocks
 * its own thread.
 */
final class ChannelDriver implements CompletionPort, CompletionSockets {

  final CompletionQueue queue = new CompletionQueue();
  final Resources resources;

  ChannelDriver(String name) {
    // Platform threads: on virtual threads the JDK does not wait if the backlog of a Unix listener
    // is full.
    ThreadFactory daemons = Thread.ofPlatform().daemon().name(name + "-io-", 0).factory();
    try {
      this.resources =
          new Resources(
              AsynchronousChannelGroup.withFixedThreadPool(1, daemons),
              Executors.newCachedThreadPool(daemons),
              ConcurrentHashMap.newKeySet());
    } catch (IOException failure) {
      throw new IllegalStateException("cannot open a loop: " + failure.getMessage(), failure);
    }
  }

  /** Follows an operation that may already be done. */
  <T> void follow(Future<T> operation, PendingOperation<T> pending) {
    if (operation.state() == Future.State.SUCCESS) {
      pending.completed(operation.resultNow(), null);
    } else {
      resources.threads.execute(() -> pending.perform(operation::get));
    }
  }

  @Override
  public void poll(long waitNanos) {
    queue.poll(waitNanos);
  }

  @Override
  public void wakeUp() {
    queue.wakeUp();
  }

  /** Waits for all threads, because they may use buffers until they end. */
  @Override
  public void close() {
    try {
      resources.close();
      resources.threads.close();
      resources.group.awaitTermination(1, TimeUnit.HOURS);
      queue.poll(0); // the loop closes accepted sockets that were not reported
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException("cannot close the channels: " + failure, failure);
    }
  }

  @Override
  public AutoCloseable resources() {
    return resources;
  }

  @Override
  public CompletionSocket openStream(ProtocolFamily family) throws IOException {
    return family == StandardProtocolFamily.UNIX
        ? new UnixSocket(this, SocketChannel.open(family))
        : new TcpSocket(this, AsynchronousSocketChannel.open(resources.group));
  }

  @Override
  public CompletionListener openListener(ProtocolFamily family) throws IOException {
    if (family == StandardProtocolFamily.UNIX) {
      return new UnixListener(this, ServerSocketChannel.open(family));
    }
    AsynchronousServerSocketChannel channel = AsynchronousServerSocketChannel.open(resources.group);
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, false); // the JDK sets it
    return new TcpListener(this, channel);
  }

  @Override
  public CompletionDatagramSocket openDatagram(ProtocolFamily family) throws IOException {
    return new UdpSocket(this, DatagramChannel.open(family));
  }

  /** All that the system lends to the driver, without a way back to the loop. */
  record Resources(AsynchronousChannelGroup group, ExecutorService threads, Set<Channel> channels)
      implements AutoCloseable {

    @Override
    public void close() throws IOException {
      for (Channel channel : channels) {
        channel.close();
      }
      group.shutdownNow();
      threads.shutdownNow();
    }
  }
}
