package org.asyncio4j.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.Asyncio;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;

/** Sends back all data that arrives, and reads no faster than the peer. */
// region echo-server
final class EchoServer implements Protocol {

  private Transport transport;

  static void main(String[] args) throws IOException {
    int port = args.length == 0 ? 8007 : Integer.parseInt(args[0]);
    Asyncio.run(() -> {
      Server server = Asyncio.runningLoop().createServer(EchoServer::new, "127.0.0.1", port);
      IO.println("serving on port " + server.port());
      server.serveForever();
    });
  }

  @Override
  public void connectionMade(Transport made) {
    transport = made;
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    transport.write(data);
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
// endregion
