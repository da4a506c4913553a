package org.asyncio4j.tck.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Stands between a client and a server, and passes everything on, but holds the first line of the
 * client back until more has come, so that both arrive by one read.
 */
final class GluingRelay implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
  private final int target;

  GluingRelay(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::run);
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void run() {
    try (Socket client = listener.accept();
        Socket server = new Socket(InetAddress.ofLiteral("127.0.0.1"), target)) {
      byte[] glued = new byte[64 * 1024];
      int count = 0;
      while (count < 1 || indexOfNewline(glued, count) >= count - 1) {
        count += client.getInputStream().read(glued, count, glued.length - count);
      }
      server.getOutputStream().write(glued, 0, count);
      Thread back = Thread.ofVirtual().start(() -> pass(server, client));
      pass(client, server);
      back.join();
    } catch (IOException | InterruptedException over) {
      // The test is over.
    }
  }

  private static int indexOfNewline(byte[] bytes, int count) {
    int at = 0;
    while (at < count && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private static void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException over) {
      // One end has closed.
    }
  }
}
