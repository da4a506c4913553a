package org.asyncio4j.tck.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.asyncio4j.tck.probe.TlsLinks;

/**
 * Has the JDK load and open what it loads and opens only once, before any rule runs. Otherwise the
 * first rule that uses it pays for it: TLS takes seconds on a busy machine, and the descriptors of
 * the JDK's own pollers look like a leak of the loop.
 *
 * <p>What is refused here is refused to the rules, too, and they can report that.
 */
final class WarmUp {

  private static final int MORE_THAN_BUFFERS_HOLD = 16 * 1024 * 1024;

  private static final AtomicBoolean DONE = new AtomicBoolean();

  private WarmUp() {}

  /** Does so, once in this process. */
  static synchronized void once() {
    if (DONE.getAndSet(true)) {
      return;
    }
    try {
      openTheFirstSocket();
      blockVirtualThreads();
      shakeHands();
    } catch (IOException | ExecutionException refused) {
      // See above.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // With its first socket the JDK opens one that it keeps: it replaces sockets that are being
  // closed.
  private static void openTheFirstSocket() throws IOException {
    try (ServerSocketChannel first = ServerSocketChannel.open()) {
      first.configureBlocking(false);
    }
  }

  // The JDK has a poller for virtual threads that read or accept, and one for those that write.
  private static void blockVirtualThreads()
      throws IOException, ExecutionException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ServerSocket listener = new ServerSocket()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Future<Socket> accepted = threads.submit(listener::accept);
      try (Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
          Socket server = accepted.get()) {
        Future<?> reading = threads.submit(reading(server));
        client.getOutputStream().write(1);
        reading.get();
        Future<?> writing =
            threads.submit(() -> {
              server.getOutputStream().write(new byte[MORE_THAN_BUFFERS_HOLD]);
              return null;
            });
        client.getInputStream().skipNBytes(MORE_THAN_BUFFERS_HOLD);
        writing.get();
      }
    }
  }

  private static Callable<Integer> reading(Socket socket) {
    return () -> socket.getInputStream().read();
  }

  private static void shakeHands() throws SSLException {
    SSLEngine client = TlsLinks.context("client", "server").createSSLEngine("localhost", 0);
    SSLEngine server = TlsLinks.context("server", "client").createSSLEngine();
    client.setUseClientMode(true);
    server.setUseClientMode(false);
    ByteBuffer toServer = ByteBuffer.allocate(client.getSession().getPacketBufferSize() * 2);
    ByteBuffer toClient = ByteBuffer.allocate(server.getSession().getPacketBufferSize() * 2);
    while (isShaking(client) || isShaking(server)) {
      send(client, toServer);
      send(server, toClient);
      receive(server, toServer);
      receive(client, toClient);
    }
  }

  private static boolean isShaking(SSLEngine engine) {
    return engine.getSession().getProtocol().equals("NONE")
        || engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void send(SSLEngine engine, ByteBuffer network) throws SSLException {
    runTasks(engine);
    if (isShaking(engine)) {
      SSLEngineResult ignored = engine.wrap(ByteBuffer.allocate(0), network);
    }
  }

  private static void receive(SSLEngine engine, ByteBuffer network) throws SSLException {
    ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    network.flip();
    SSLEngineResult ignored = engine.unwrap(network, plain);
    network.compact();
    runTasks(engine);
  }

  private static void runTasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask(); task != null; ) {
      task.run();
      task = engine.getDelegatedTask();
    }
  }
}
