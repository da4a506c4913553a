package org.example.asyncchannel;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.asyncio4j.spi.completion.CompletionDatagramSocket;
import org.asyncio4j.spi.completion.CompletionListener;
import org.asyncio4j.spi.completion.CompletionPort;
import org.asyncio4j.spi.completion.CompletionSocket;
import org.asyncio4j.spi.completion.CompletionSockets;
import org.jspecify.annotations.Nullable;

/**
 * One thread reports completed operations of channels; each operation of a Unix socket blocks its
 * own thread.
 */
final class ChannelDriver implements CompletionPort, CompletionSockets {

  private final AsynchronousChannelGroup group;
  private final ExecutorService threads;
  private final LinkedBlockingQueue<Runnable> reports = new LinkedBlockingQueue<>();

  ChannelDriver(String name) throws IOException {
    // Platform threads: on virtual threads the JDK does not wait if the backlog of a Unix listener
    // is full.
    ThreadFactory daemons = Thread.ofPlatform().daemon().name(name + "-io-", 0).factory();
    this.threads = Executors.newCachedThreadPool(daemons);
    this.group = AsynchronousChannelGroup.withFixedThreadPool(1, daemons);
  }

  /** Makes a handler, for any thread, that makes the next poll report the end of an operation. */
  <T> CompletionHandler<T, @Nullable Void> handler(
      Consumer<T> onSuccess, Consumer<IOException> onFailure) {
    return new CompletionHandler<>() {
      @Override
      public void completed(T result, @Nullable Void none) {
        reports.add(() -> onSuccess.accept(result));
      }

      @Override
      public void failed(Throwable failure, @Nullable Void none) {
        IOException reason = failure instanceof IOException io ? io : new IOException(failure);
        reports.add(() -> onFailure.accept(reason));
      }
    };
  }

  /** Runs a blocking operation on its own thread. */
  <T> void block(Callable<T> operation, CompletionHandler<T, @Nullable Void> handler) {
    threads.execute(() -> {
      try {
        handler.completed(operation.call(), null);
      } catch (Exception failure) {
        handler.failed(failure, null);
      }
    });
  }

  /** Reports the end of an operation that may already be done. */
  <T> void follow(Future<T> operation, CompletionHandler<T, @Nullable Void> handler) {
    if (operation.state() == Future.State.SUCCESS) {
      handler.completed(operation.resultNow(), null);
    } else {
      block(operation::get, handler);
    }
  }

  @Override
  public void poll(long waitNanos) {
    try {
      Runnable report = reports.poll(waitNanos, TimeUnit.NANOSECONDS);
      for (; report != null; report = reports.poll()) {
        report.run();
      }
    } catch (InterruptedException early) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void wakeUp() {
    reports.add(() -> {});
  }

  /** Waits for all threads, because they may use buffers until they end. */
  @Override
  public void close() {
    try {
      group.shutdownNow();
      threads.shutdownNow();
      threads.close();
      group.awaitTermination(1, TimeUnit.HOURS);
      poll(0); // the loop closes accepted sockets that were not reported
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException("cannot close the channels: " + failure, failure);
    }
  }

  @Override
  public AutoCloseable resources() {
    return group::shutdownNow;
  }

  @Override
  public CompletionSocket openStream(ProtocolFamily family) throws IOException {
    return family == StandardProtocolFamily.UNIX
        ? new UnixSocket(this, SocketChannel.open(family))
        : new TcpSocket(this, AsynchronousSocketChannel.open(group));
  }

  @Override
  public CompletionListener openListener(ProtocolFamily family) throws IOException {
    if (family == StandardProtocolFamily.UNIX) {
      return new UnixListener(this, ServerSocketChannel.open(family));
    }
    AsynchronousServerSocketChannel channel = AsynchronousServerSocketChannel.open(group);
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, false); // the JDK sets it
    return new TcpListener(this, channel);
  }

  @Override
  public CompletionDatagramSocket openDatagram(ProtocolFamily family) throws IOException {
    return new UdpSocket(this, DatagramChannel.open(family));
  }
}
