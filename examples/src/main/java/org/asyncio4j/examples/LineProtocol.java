package org.asyncio4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;

/** A custom protocol: turns bytes, which arrive in pieces of any size, into lines of text. */
final class LineProtocol implements Protocol {

  private static final int MAX_LINE_BYTES = 1024;

  private final BiConsumer<LineProtocol, String> onLine;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private Transport transport;

  LineProtocol(BiConsumer<LineProtocol, String> onLine) {
    this.onLine = onLine;
  }

  static void main(String[] args) throws IOException {
    int port = args.length == 0 ? 0 : Integer.parseInt(args[0]);
    Asyncio.run(() -> {
      EventLoop loop = Asyncio.runningLoop();
      try (Server server =
          loop.createServer(() -> new LineProtocol(LineProtocol::shout), "127.0.0.1", port)) {
        Promise<String> answer = loop.createFuture();
        Connection<LineProtocol> client =
            loop.createConnection(
                () -> new LineProtocol((peer, text) -> answer.setResult(text)),
                "127.0.0.1",
                server.port());
        client.protocol().send("grüß gott");
        IO.println(answer.await());
        client.transport().close();
      }
    });
  }

  void send(String text) {
    transport.write((text + "\n").getBytes(UTF_8));
  }

  private void shout(String text) {
    send(text.toUpperCase(Locale.ROOT));
  }

  @Override
  public void connectionMade(Transport made) {
    transport = made;
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    while (data.hasRemaining() && !transport.isClosing()) {
      byte next = data.get();
      if (next == '\n') {
        String text = line.toString(UTF_8);
        line.reset();
        onLine.accept(this, text);
      } else if (line.size() < MAX_LINE_BYTES) {
        line.write(next);
      } else {
        transport.abort();
      }
    }
  }
}
