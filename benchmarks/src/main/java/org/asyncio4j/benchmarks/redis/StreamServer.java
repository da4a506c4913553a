package org.asyncio4j.benchmarks.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import org.asyncio4j.Asyncio;
import org.asyncio4j.benchmarks.comparison.ServerProcess;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Server;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;

/** Servers with streams, which serve each client in its own task. */
final class StreamServer {

  private static final int CHUNK_BYTES = 16 * 1024;

  private final Commands commands = new Commands(new HashMap<>());

  /** Serves with a handler that reads what has arrived, and writes its replies together. */
  static void serveChunks(String provider) throws IOException {
    serve(provider, new StreamServer()::handleChunks);
  }

  /** Serves with a handler that reads lines and counted bytes, and writes replies together. */
  static void serveLines(String provider) throws IOException {
    serve(provider, new StreamServer()::handleLines);
  }

  /** Serves with a handler that reads lines and counted bytes, and writes each reply at once. */
  static void serveLinesUnjoined(String provider) throws IOException {
    serve(provider, new StreamServer()::handleLinesUnjoined);
  }

  private static void serve(String provider, ClientHandler handler) throws IOException {
    try (EventLoop loop = Asyncio.newEventLoop(provider)) {
      Server server =
          loop.runUntilComplete(
              loop.createTask(() -> Asyncio.startServer(handler, "127.0.0.1", 0)));
      ServerProcess.announce(server.port());
      loop.runForever();
    }
  }

  private void handleChunks(StreamReader reader, StreamWriter writer) {
    Session session = new Session(commands);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    try (writer) {
      while (!session.isOver() && reader.read(chunk.clear()) >= 0) {
        writer.write(session.receive(chunk.flip()));
        writer.drain();
      }
    } catch (IOException reset) {
      // The load generator closes without waiting for its last replies.
    }
  }

  private void handleLines(StreamReader reader, StreamWriter writer) {
    LineSession session = session(reader);
    WriteSoon write = new WriteSoon(session, writer);
    try (writer) {
      boolean more;
      do {
        more = session.executeNext();
        write.request();
        writer.drain();
      } while (more);
      write.run();
    } catch (IOException reset) {
      // As above.
    }
  }

  private void handleLinesUnjoined(StreamReader reader, StreamWriter writer) {
    LineSession session = session(reader);
    try (writer) {
      boolean more;
      do {
        more = session.executeNext();
        writer.write(session.replies());
        writer.drain();
      } while (more);
    } catch (IOException reset) {
      // As above.
    }
  }

  private LineSession session(StreamReader reader) {
    return new LineSession(new RequestReader(reader::readLine, reader::readExactly), commands);
  }
}
