package org.asyncio4j.benchmarks.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.asyncio4j.Asyncio;
import org.asyncio4j.benchmarks.comparison.ChildProcess;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.tls.TlsOptions;
import org.jspecify.annotations.Nullable;

/** A server process: prints its port, sends each byte back, and ends with its parent. */
final class HandshakeServer {

  private static final int BACKLOG = 1000;

  private HandshakeServer() {}

  /** The program; the arguments are the kind of server and the file with its key. */
  public static void main(String[] arguments) throws IOException {
    SSLContext context = Keys.context(Path.of(arguments[1]));
    ChildProcess.exitWithParent();
    if (arguments[0].equals("jdk")) {
      serveByBlockingSockets(context);
    } else {
      serveByLoop(arguments[0], context);
    }
  }

  private static void serveByLoop(String provider, SSLContext context) throws IOException {
    try (EventLoop loop = Asyncio.newEventLoop(provider)) {
      ServerOptions options =
          ServerOptions.on("127.0.0.1", 0).withBacklog(BACKLOG).withTls(TlsOptions.with(context));
      Server server =
          loop.runUntilComplete(loop.createTask(() -> loop.createServer(Echo::new, options)));
      System.out.println("port " + server.port());
      loop.runForever();
    }
  }

  private static void serveByBlockingSockets(SSLContext context) throws IOException {
    try (ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"))) {
      System.out.println("port " + server.getLocalPort());
      while (true) {
        Socket accepted = server.accept();
        Thread ignored = Thread.ofVirtual().start(() -> echo(accepted, context));
      }
    }
  }

  private static void echo(Socket accepted, SSLContext context) {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true)) {
      long ignored = socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException ended) {
      // Clients disconnect.
    }
  }

  private static final class Echo implements Protocol {

    private @Nullable Transport transport;

    @Override
    public void connectionMade(Transport made) {
      transport = made;
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      if (transport != null) {
        transport.write(data);
      }
    }
  }
}
