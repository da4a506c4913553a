package org.asyncio4j.benchmarks.redis;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncio4j.benchmarks.comparison.ServerProcess;

/**
 * Servers with blocking sockets and without a loop, which serve each client in its own virtual
 * thread.
 */
final class VirtualThreadServer {

  private static final int BACKLOG = 1024;
  private static final int CHUNK_BYTES = 16 * 1024;

  private final Commands commands = new Commands(new ConcurrentHashMap<>());

  /** Talks to a client until it ends. */
  @FunctionalInterface
  private interface Handler {

    void handle(InputStream in, OutputStream out) throws IOException;
  }

  /** Serves with a handler that reads what has arrived, and writes its replies together. */
  static void serveChunks() throws IOException {
    serve(new VirtualThreadServer()::handleChunks);
  }

  /**
   * Serves with a handler that reads lines and counted bytes through buffered streams. Replies are
   * written together before it reads from the socket.
   */
  static void serveLines() throws IOException {
    serve(new VirtualThreadServer()::handleLines);
  }

  private static void serve(Handler handler) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
      ServerProcess.announce(listener.getLocalPort());
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> handle(client, handler));
      }
    }
  }

  private static void handle(Socket client, Handler handler) {
    try (client) {
      client.setTcpNoDelay(true);
      handler.handle(client.getInputStream(), client.getOutputStream());
    } catch (IOException reset) {
      // The load generator closes without waiting for its last replies.
    }
  }

  private void handleChunks(InputStream in, OutputStream out) throws IOException {
    Session session = new Session(commands);
    byte[] chunk = new byte[CHUNK_BYTES];
    int count = in.read(chunk);
    while (count >= 0) {
      write(session.receive(ByteBuffer.wrap(chunk, 0, count)), out);
      count = session.isOver() ? -1 : in.read(chunk);
    }
  }

  private void handleLines(InputStream in, OutputStream out) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out);
    InputStream flushing = new FlushingInputStream(in, buffered);
    LineReader reader = new LineReader(new BufferedInputStream(flushing));
    RequestReader requests = new RequestReader(reader::readLine, reader::readExactly);
    LineSession session = new LineSession(requests, commands);
    boolean more;
    do {
      more = session.executeNext();
      write(session.replies(), buffered);
    } while (more);
    buffered.flush();
  }

  private static void write(ByteBuffer replies, OutputStream out) throws IOException {
    if (replies.hasRemaining()) {
      out.write(replies.array(), replies.arrayOffset(), replies.limit());
    }
  }
}
