package org.asyncio4j.spi.internal.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the part of a client's first message that a server needs before it has an engine (RFC 8446,
 * 4.1.2, and RFC 6066, 3). The message may arrive in many pieces; each byte is examined once.
 *
 * <p>A message that it does not understand, or that is longer than {@link HandshakeLimits} allows,
 * is treated as complete and without a name: the engine and those limits reject it.
 */
final class ClientHelloReader {

  private static final int MESSAGE_HEADER_BYTES = 4;
  private static final int CLIENT_HELLO = 1;
  private static final int VERSION_AND_RANDOM_BYTES = 34;
  private static final int SERVER_NAME_EXTENSION = 0;
  private static final int HOST_NAME = 0;

  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private Optional<String> serverName = Optional.empty();
  private int position;
  private int records;
  private int restOfFragment;
  private int messageBytes = MESSAGE_HEADER_BYTES; // known once the length has arrived
  private boolean complete;

  /** {@return the server name that the client requests, in lower case} */
  Optional<String> serverName() {
    return serverName;
  }

  /** {@return the number of bytes read so far} */
  int position() {
    return position;
  }

  /**
   * Continues reading.
   *
   * @param received all bytes received from the client, from the first; none is consumed
   * @return whether the message is complete
   */
  boolean read(ByteBuffer received) {
    ByteBuffer rest = received.slice().position(position);
    while (!complete && readOn(rest)) {}
    position = rest.position();
    return complete;
  }

  /** Returns whether anything could be read. */
  private boolean readOn(ByteBuffer rest) {
    if (restOfFragment == 0) {
      return readHeader(rest);
    }
    int count = Math.min(Math.min(restOfFragment, messageBytes - message.size()), rest.remaining());
    message.write(copy(rest, count), 0, count);
    restOfFragment -= count;
    if (message.size() == messageBytes) {
      readMessage();
    }
    return count > 0;
  }

  private boolean readHeader(ByteBuffer rest) {
    if (rest.remaining() < HandshakeLimits.HEADER_BYTES) {
      return false;
    }
    records++;
    restOfFragment = HandshakeLimits.lengthOf(rest, rest.position());
    complete =
        rest.get(rest.position()) != HandshakeLimits.HANDSHAKE
            || restOfFragment == 0
            || restOfFragment > HandshakeLimits.MAX_FRAGMENT_BYTES
            || records > HandshakeLimits.MAX_RECORDS;
    skip(rest, HandshakeLimits.HEADER_BYTES);
    return true;
  }

  /** Reads the message, whose length is in its header. */
  private void readMessage() {
    ByteBuffer read = ByteBuffer.wrap(message.toByteArray());
    int header = read.getInt();
    int length = header & 0xff_ffff;
    if (header >>> 24 != CLIENT_HELLO || length > HandshakeLimits.MAX_MESSAGE_BYTES) {
      complete = true;
    } else if (messageBytes == MESSAGE_HEADER_BYTES && length > 0) {
      messageBytes += length;
    } else {
      complete = true;
      serverName = nameOf(read);
    }
  }

  private static Optional<String> nameOf(ByteBuffer hello) {
    try {
      skip(hello, VERSION_AND_RANDOM_BYTES);
      skip(hello, hello.get() & 0xff); // session
      skip(hello, hello.getShort() & 0xffff); // cipher suites
      skip(hello, hello.get() & 0xff); // compression methods
      ByteBuffer extensions = part(hello);
      while (extensions.hasRemaining()) {
        int type = extensions.getShort();
        ByteBuffer extension = part(extensions);
        if (type == SERVER_NAME_EXTENSION) {
          return nameIn(part(extension));
        }
      }
      return Optional.empty();
    } catch (BufferUnderflowException | IllegalArgumentException broken) {
      return Optional.empty();
    }
  }

  private static Optional<String> nameIn(ByteBuffer names) {
    while (names.hasRemaining()) {
      int type = names.get();
      ByteBuffer name = part(names);
      if (type == HOST_NAME && name.hasRemaining()) {
        String text = StandardCharsets.US_ASCII.decode(name).toString();
        return Optional.of(text.toLowerCase(Locale.ROOT));
      }
    }
    return Optional.empty();
  }

  /** Takes a part whose length is in its first two bytes. */
  private static ByteBuffer part(ByteBuffer from) {
    int length = from.getShort() & 0xffff;
    ByteBuffer part = from.slice(from.position(), checked(from, length));
    skip(from, length);
    return part;
  }

  private static byte[] copy(ByteBuffer from, int count) {
    byte[] copy = new byte[count];
    from.get(copy);
    return copy;
  }

  private static void skip(ByteBuffer from, int count) {
    from.position(from.position() + checked(from, count));
  }

  private static int checked(ByteBuffer from, int count) {
    if (count > from.remaining()) {
      throw new BufferUnderflowException();
    }
    return count;
  }
}
