package org.asyncio4j.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.asyncio4j.Asyncio;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;

/** Serves one page over HTTP/1.1, with keep-alive and pipelining. Skips request bodies. */
final class HttpServer implements Protocol {

  private static final Duration LINGER = Duration.ofSeconds(2);

  private final StringBuilder head = new StringBuilder();
  private Transport transport;
  private int bodyLeft;
  private boolean ended;

  static void main(String[] args) throws IOException {
    int port = args.length == 0 ? 8080 : Integer.parseInt(args[0]);
    Asyncio.run(() -> {
      Server server = Asyncio.runningLoop().createServer(HttpServer::new, "127.0.0.1", port);
      IO.println("serving on port " + server.port());
      Asyncio.runningLoop().createFuture().await(); // until Ctrl-C
    });
  }

  @Override
  public void connectionMade(Transport made) {
    transport = made;
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    while (data.hasRemaining() && !ended) {
      if (bodyLeft > 0) {
        int skipped = Math.min(bodyLeft, data.remaining());
        data.position(data.position() + skipped);
        bodyLeft -= skipped;
      } else if (HttpRequest.isComplete(head.append((char) (data.get() & 0xFF)))) {
        answer(HttpRequest.parse(head));
        head.setLength(0);
      }
    }
  }

  private void answer(HttpRequest request) {
    bodyLeft = request.bodyLength();
    transport.write(request.answer().getBytes(US_ASCII));
    if (!request.keepAlive()) {
      ended = true;
      transport.writeEof(); // a close() with unread bytes could destroy the response on its way
      Asyncio.runningLoop().callLater(LINGER, transport::abort);
    }
  }

  @Override
  public void pauseWriting() {
    transport.pauseReading();
  }

  @Override
  public void resumeWriting() {
    transport.resumeReading();
  }
}
