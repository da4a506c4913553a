package org.asyncio4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Locale;
import org.asyncio4j.Asyncio;
import org.asyncio4j.net.Server;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;

/** Uses streams: a server that responds line by line, with a task per client, and its client. */
final class LineServer {

  private LineServer() {}

  static void main() throws IOException {
    Asyncio.run(() -> {
      try (Server server = Asyncio.startServer(LineServer::shout, "127.0.0.1", 0)) {
        talk(server.port());
      }
    });
  }

  private static void shout(StreamReader reader, StreamWriter writer) throws IOException {
    try (writer) {
      reader.forEachLine(
          UTF_8,
          line -> {
            writer.write(line.toUpperCase(Locale.ROOT) + "\n", UTF_8);
            writer.drain(); // a client that does not read must not fill our memory
          });
    }
  }

  private static void talk(int port) throws IOException {
    try (StreamConnection connection = Asyncio.openConnection("127.0.0.1", port)) {
      for (String line : new String[] {"grüß gott", "servus"}) {
        connection.writer().write(line + "\n", UTF_8);
        IO.println(connection.reader().readTextLine(UTF_8).orElseThrow());
      }
      connection.writer().writeEof();
      IO.println(connection.reader().readTextLine(UTF_8).orElse("end"));
    }
  }
}
