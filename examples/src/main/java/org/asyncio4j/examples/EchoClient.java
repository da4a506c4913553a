package org.asyncio4j.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/** Sends a message, ends its output, and collects the echo. */
final class EchoClient implements Protocol {

  private final byte[] message;
  private final Promise<String> answer;
  private final StringBuilder received = new StringBuilder();

  EchoClient(byte[] message, Promise<String> answer) {
    this.message = message;
    this.answer = answer;
  }

  static void main(String[] args) throws IOException {
    int port = args.length == 0 ? 8007 : Integer.parseInt(args[0]);
    Asyncio.run(() -> {
      EventLoop loop = Asyncio.runningLoop();
      Promise<String> answer = loop.createFuture();
      byte[] message = "Hello, world!".getBytes(StandardCharsets.US_ASCII);
      loop.createConnection(() -> new EchoClient(message, answer), "127.0.0.1", port);
      IO.println("received: " + answer.awaitThrowing(IOException.class));
    });
  }

  @Override
  public void connectionMade(Transport transport) {
    transport.write(message);
    transport.writeEof();
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    received.append(StandardCharsets.US_ASCII.decode(data));
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    if (answer.isDone()) {
      return;
    }
    if (exception == null) {
      answer.setResult(received.toString());
    } else {
      answer.setException(exception);
    }
  }
}
