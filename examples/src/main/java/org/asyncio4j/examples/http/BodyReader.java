package org.asyncio4j.examples.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import org.asyncio4j.stream.StreamReader;

/** Reads the body of a response up to its end (RFC 9112, section 6.3). */
final class BodyReader {

  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] NONE = {};
  private static final int PIECE = 64 * 1024;

  private final StreamReader reader;
  private final int maxBytes;

  BodyReader(StreamReader reader, int maxBytes) {
    this.reader = reader;
    this.maxBytes = maxBytes;
  }

  /** {@return whether only the end of the connection ends the body} */
  static boolean endsWithConnection(String method, ResponseHead head) {
    return hasBody(method, head)
        && head.field("Transfer-Encoding").isEmpty()
        && head.field("Content-Length").isEmpty();
  }

  /**
   * Reads a body.
   *
   * @throws ProtocolException if the server violates the protocol or the body is too long
   * @throws EOFException if the connection ends before the body
   */
  byte[] read(String method, ResponseHead head) throws IOException {
    if (!hasBody(method, head)) {
      return NONE;
    }
    if (head.field("Transfer-Encoding").isPresent()) {
      return chunks(head.field("Transfer-Encoding").get());
    }
    if (head.field("Content-Length").isPresent()) {
      return reader.readExactly(length(head.field("Content-Length").get()));
    }
    return rest();
  }

  private static boolean hasBody(String method, ResponseHead head) {
    int status = head.status();
    return !method.equals("HEAD") && status >= 200 && status != 204 && status != 304;
  }

  private byte[] chunks(String coding) throws IOException {
    if (!coding.equalsIgnoreCase("chunked")) {
      throw new ProtocolException("Transfer-Encoding must be chunked: '%s'".formatted(coding));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size = chunkSize();
    while (size > 0) {
      requireRoom(body.size() + (long) size);
      body.writeBytes(reader.readExactly(size));
      if (line().length() > 0) {
        throw new ProtocolException("cannot read a chunk: it is longer than its size");
      }
      size = chunkSize();
    }
    while (line().length() > 0) {
      // Trailers are ignored.
    }
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    String size = line().split(";", 2)[0].strip();
    if (!size.matches("[0-9A-Fa-f]{1,8}")) {
      throw new ProtocolException("chunk must begin with its size: '%s'".formatted(size));
    }
    return requireRoom(Long.parseLong(size, 16));
  }

  private String line() throws IOException {
    byte[] line = reader.readUntil(LINE_END);
    return new String(line, 0, line.length - LINE_END.length, ISO_8859_1);
  }

  private int length(String value) throws ProtocolException {
    if (!value.matches("\\d{1,18}")) {
      throw new ProtocolException("Content-Length must be a number: '%s'".formatted(value));
    }
    return requireRoom(Long.parseLong(value));
  }

  private byte[] rest() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] piece = reader.read(PIECE);
    while (piece.length > 0) {
      requireRoom(body.size() + (long) piece.length);
      body.writeBytes(piece);
      piece = reader.read(PIECE);
    }
    return body.toByteArray();
  }

  private int requireRoom(long size) throws ProtocolException {
    if (size > maxBytes) {
      throw new ProtocolException(
          "cannot read the body: at most %d bytes are allowed, and it has at least %d; allow more"
              .formatted(maxBytes, size));
    }
    return (int) size;
  }
}
