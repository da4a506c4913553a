package org.asyncio4j.tck.probe;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * A TLS client on a plain socket that controls which bytes are sent when: it can send data along
 * with the end of its handshake, split a message into records, or stop in the middle.
 */
public final class TlsPeer {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int HEADER_BYTES = 5;
  private static final int ROOM = 64 * 1024;

  private final Socket socket;
  private final SSLEngine engine;
  private ByteBuffer received = ByteBuffer.allocate(ROOM).flip();

  /**
   * Creates a client that has sent nothing yet.
   *
   * @param socket a connected socket
   */
  public TlsPeer(Socket socket) {
    this.socket = socket;
    this.engine = TlsLinks.context("client", "server").createSSLEngine("localhost", 443);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName("localhost")));
    engine.setSSLParameters(parameters);
  }

  /**
   * {@return the first message of a client, as one record}
   *
   * @throws IOException if the engine refuses
   */
  public byte[] hello() throws IOException {
    engine.beginHandshake();
    return wrap(NOTHING);
  }

  /**
   * Continues the handshake after {@link #hello()} was sent.
   *
   * @param along what to send in the same write as the end of the handshake
   * @throws IOException if the handshake fails
   */
  public void shakeHands(byte[] along) throws IOException {
    socket.getOutputStream().write(lastFlight(along));
  }

  /**
   * Continues the handshake after {@link #hello()} was sent, up to its last message.
   *
   * @param along what to send in the same write as the end of the handshake
   * @return the last message of the handshake, which is still to be sent
   * @throws IOException if the handshake fails
   */
  public byte[] lastFlight(byte[] along) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> engine.getDelegatedTask().run();
        case NEED_WRAP -> out.writeBytes(wrap(NOTHING));
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          send(out);
          ByteBuffer ignored = unwrap();
        }
        case NOT_HANDSHAKING, FINISHED -> {
          if (along.length > 0) {
            out.writeBytes(wrap(ByteBuffer.wrap(along)));
          }
          return out.toByteArray();
        }
      }
    }
  }

  /**
   * Performs a whole handshake.
   *
   * @param along what to send in the same write as the end of the handshake
   * @throws IOException if the handshake fails
   */
  public void connect(byte[] along) throws IOException {
    socket.getOutputStream().write(hello());
    shakeHands(along);
  }

  /**
   * Reads text.
   *
   * @param count how many characters
   * @return the text
   * @throws IOException if it does not arrive
   */
  public String read(int count) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < count) {
      text.append(StandardCharsets.US_ASCII.decode(unwrap()));
    }
    return text.toString();
  }

  /**
   * Splits the message in a record into several records.
   *
   * @param record a record
   * @param size how many bytes of the message each of them has
   * @return the records
   */
  public static byte[] cut(byte[] record, int size) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int at = HEADER_BYTES; at < record.length; at += size) {
      int count = Math.min(size, record.length - at);
      all.write(record, 0, HEADER_BYTES - 2);
      all.write(count >> 8);
      all.write(count);
      all.write(record, at, count);
    }
    return all.toByteArray();
  }

  private void send(ByteArrayOutputStream out) throws IOException {
    if (out.size() > 0) {
      socket.getOutputStream().write(out.toByteArray());
      out.reset();
    }
  }

  private byte[] wrap(ByteBuffer data) throws SSLException {
    ByteBuffer out = ByteBuffer.allocate(ROOM);
    boolean more = true;
    while (more) {
      more = engine.wrap(data, out).bytesConsumed() > 0 && data.hasRemaining();
    }
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }

  private ByteBuffer unwrap() throws IOException {
    ByteBuffer plain = ByteBuffer.allocate(ROOM);
    boolean again = engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP_AGAIN;
    while (engine.unwrap(again ? NOTHING : received, plain).getStatus()
        == Status.BUFFER_UNDERFLOW) {
      received.compact();
      int count =
          socket.getInputStream().read(received.array(), received.position(), received.remaining());
      if (count < 0) {
        throw new EOFException("the loop has ended the connection");
      }
      received.position(received.position() + count).flip();
    }
    return plain.flip();
  }
}
