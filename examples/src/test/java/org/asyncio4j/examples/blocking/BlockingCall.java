package org.asyncio4j.examples.blocking;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.asyncio4j.core.ThrowingRunnable;

/**
 * A call that blocks forever unless it is interrupted.
 *
 * @param name its name
 * @param setUp opens what the call needs, and returns the call
 */
record BlockingCall(String name, SetUp setUp) {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int MORE_THAN_A_BACKLOG = 8;

  /** Makes a call. */
  @FunctionalInterface
  interface SetUp {

    /** Opens what the call needs, to be closed after it. */
    ThrowingRunnable<Exception> open(Resources resources) throws Exception;
  }

  static Stream<BlockingCall> all() {
    return Stream.of(ofSockets(), ofChannels(), ofThreads(), ofLibraries()).flatMap(calls -> calls);
  }

  private static Stream<BlockingCall> ofSockets() {
    return Stream.of(
        new BlockingCall(
            "Socket.getInputStream().read",
            resources -> {
              Socket socket = resources.with(new Socket(LOOPBACK, silentServer(resources)));
              return () -> socket.getInputStream().read();
            }),
        new BlockingCall(
            "ServerSocket.accept",
            resources -> {
              ServerSocket server = resources.with(new ServerSocket(0, 1, LOOPBACK));
              return () -> server.accept();
            }),
        new BlockingCall(
            "Socket.connect",
            resources -> {
              InetSocketAddress address = fullServer(resources);
              Socket socket = resources.with(new Socket());
              return () -> socket.connect(address);
            }),
        new BlockingCall(
            "DatagramSocket.receive",
            resources -> {
              DatagramSocket socket =
                  resources.with(new DatagramSocket(new InetSocketAddress(LOOPBACK, 0)));
              return () -> socket.receive(new DatagramPacket(new byte[1], 1));
            }));
  }

  private static Stream<BlockingCall> ofChannels() {
    return Stream.of(
        new BlockingCall(
            "SocketChannel.read",
            resources -> {
              SocketChannel channel =
                  resources.with(
                      SocketChannel.open(new InetSocketAddress(LOOPBACK, silentServer(resources))));
              return () -> channel.read(ByteBuffer.allocate(1));
            }),
        new BlockingCall(
            "SocketChannel.connect",
            resources -> {
              InetSocketAddress address = fullServer(resources);
              SocketChannel channel = resources.with(SocketChannel.open());
              return () -> channel.connect(address);
            }),
        new BlockingCall(
            "ServerSocketChannel.accept",
            resources -> {
              ServerSocketChannel server =
                  resources.with(
                      ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0)));
              return () -> server.accept();
            }),
        new BlockingCall(
            "DatagramChannel.receive",
            resources -> {
              DatagramChannel channel =
                  resources.with(DatagramChannel.open().bind(new InetSocketAddress(LOOPBACK, 0)));
              return () -> channel.receive(ByteBuffer.allocate(1));
            }),
        new BlockingCall(
            "Pipe.SourceChannel.read",
            resources -> {
              Pipe pipe = Pipe.open();
              resources.with(pipe.sink());
              Pipe.SourceChannel source = resources.with(pipe.source());
              return () -> source.read(ByteBuffer.allocate(1));
            }));
  }

  private static Stream<BlockingCall> ofThreads() {
    return Stream.of(
        new BlockingCall("Thread.sleep", _ -> () -> Thread.sleep(Long.MAX_VALUE)),
        new BlockingCall("BlockingQueue.take", _ -> new ArrayBlockingQueue<>(1)::take),
        new BlockingCall(
            "Lock.lockInterruptibly",
            resources -> {
              ReentrantLock lock = new ReentrantLock();
              resources.heldByAnotherThread(lock);
              return lock::lockInterruptibly;
            }),
        new BlockingCall("CyclicBarrier.await", _ -> new CyclicBarrier(2)::await),
        new BlockingCall(
            "Object.wait",
            _ ->
                () -> {
                  Object monitor = new Object();
                  synchronized (monitor) {
                    monitor.wait();
                  }
                }),
        new BlockingCall("CompletableFuture.get", _ -> new CompletableFuture<String>()::get),
        new BlockingCall(
            "Process.waitFor",
            resources -> {
              Process process = resources.process("sleep", "3600");
              return process::waitFor;
            }));
  }

  private static Stream<BlockingCall> ofLibraries() {
    return Stream.of(
        new BlockingCall(
            "HttpClient.send",
            resources -> {
              URI silent = URI.create("http://127.0.0.1:" + silentServer(resources) + "/");
              HttpClient client = resources.with(HttpClient.newHttpClient());
              return () ->
                  client.send(HttpRequest.newBuilder(silent).build(), BodyHandlers.ofString());
            }),
        new BlockingCall(
            "a library that wraps the interrupt twice",
            _ ->
                () -> {
                  try {
                    new SynchronousQueue<>().take();
                  } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(
                        "the request failed", new ExecutionException("no answer", interrupted));
                  }
                }),
        new BlockingCall(
            "a library that swallows the interrupt and fails",
            _ ->
                () -> {
                  try {
                    new SynchronousQueue<>().take();
                  } catch (InterruptedException swallowed) {
                    throw new IOException("no connection");
                  }
                }),
        new BlockingCall(
            "a library that restores the flag, blocks while it cleans up, and fails",
            resources -> {
              ReentrantLock lock = new ReentrantLock();
              return () -> {
                try {
                  new SynchronousQueue<>().take();
                } catch (InterruptedException restored) {
                  Thread.currentThread().interrupt();
                  resources.heldForAMomentByAnotherThread(lock);
                  lock.lock();
                  throw new IOException("no connection");
                }
              };
            }));
  }

  /** Starts a server that accepts nothing, so that its clients receive nothing. */
  private static int silentServer(Resources resources) throws IOException {
    return resources.with(new ServerSocket(0, MORE_THAN_A_BACKLOG, LOOPBACK)).getLocalPort();
  }

  /** Starts a server whose backlog is full, so that connecting to it blocks. */
  private static InetSocketAddress fullServer(Resources resources) throws IOException {
    ServerSocket server = resources.with(new ServerSocket(0, 1, LOOPBACK));
    InetSocketAddress address = new InetSocketAddress(LOOPBACK, server.getLocalPort());
    for (int i = 0; i < MORE_THAN_A_BACKLOG; i++) {
      SocketChannel channel = resources.with(SocketChannel.open());
      channel.configureBlocking(false);
      boolean ignored = channel.connect(address);
    }
    return address;
  }

  @Override
  public String toString() {
    return name;
  }
}
