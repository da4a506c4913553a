package org.asyncio4j.spi.internal.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What the first message of a client says, as far as a server needs it before it has an engine (RFC
 * 8446, 4.1.2, and RFC 6066, 3). Whatever it does not understand is complete and without a name:
 * the engine knows better what is wrong with it.
 *
 * @param isComplete whether all of it has arrived
 * @param serverName the name of the server that the client wants, in lower case
 */
record ClientHello(boolean isComplete, Optional<String> serverName) {

  private static final ClientHello INCOMPLETE = new ClientHello(false, Optional.empty());
  private static final ClientHello NAMELESS = new ClientHello(true, Optional.empty());

  private static final int RECORD_HEADER_BYTES = 5;
  private static final int HANDSHAKE_RECORD = 22;
  private static final int MESSAGE_HEADER_BYTES = 4;
  private static final int CLIENT_HELLO = 1;
  private static final int VERSION_AND_RANDOM_BYTES = 34;
  private static final int SERVER_NAME_EXTENSION = 0;
  private static final int HOST_NAME = 0;
  private static final int MAX_MESSAGE_BYTES = 32 * 1024;

  /** Reads it from the beginning of what a client has sent, and takes nothing. */
  static ClientHello of(ByteBuffer heard) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    ByteBuffer records = heard.slice();
    while (records.hasRemaining()) {
      if (records.get(records.position()) != HANDSHAKE_RECORD) {
        return NAMELESS;
      }
      if (records.remaining() < RECORD_HEADER_BYTES) {
        return INCOMPLETE;
      }
      int length = records.getShort(records.position() + RECORD_HEADER_BYTES - 2) & 0xffff;
      records.position(records.position() + RECORD_HEADER_BYTES);
      byte[] fragment = new byte[Math.min(length, records.remaining())];
      records.get(fragment);
      message.writeBytes(fragment);
      if (isWhole(message.toByteArray())) {
        return ofMessage(ByteBuffer.wrap(message.toByteArray()));
      }
    }
    return INCOMPLETE;
  }

  /** What is no such message, or too long for one, is whole, too. */
  private static boolean isWhole(byte[] message) {
    if (message.length > 0 && message[0] != CLIENT_HELLO) {
      return true;
    }
    if (message.length < MESSAGE_HEADER_BYTES) {
      return false;
    }
    int length = ByteBuffer.wrap(message).getInt() & 0xff_ffff;
    return length > MAX_MESSAGE_BYTES || message.length >= MESSAGE_HEADER_BYTES + length;
  }

  private static ClientHello ofMessage(ByteBuffer message) {
    try {
      if (message.getInt() >>> 24 != CLIENT_HELLO) {
        return NAMELESS;
      }
      skip(message, VERSION_AND_RANDOM_BYTES);
      skip(message, message.get() & 0xff); // session
      skip(message, message.getShort() & 0xffff); // cipher suites
      skip(message, message.get() & 0xff); // compression methods
      ByteBuffer extensions = part(message);
      while (extensions.hasRemaining()) {
        int type = extensions.getShort();
        ByteBuffer extension = part(extensions);
        if (type == SERVER_NAME_EXTENSION) {
          return new ClientHello(true, nameIn(part(extension)));
        }
      }
      return NAMELESS;
    } catch (BufferUnderflowException | IllegalArgumentException broken) {
      return NAMELESS;
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

  /** Takes what two bytes tell the length of. */
  private static ByteBuffer part(ByteBuffer from) {
    int length = from.getShort() & 0xffff;
    ByteBuffer part = from.slice(from.position(), checked(from, length));
    skip(from, length);
    return part;
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
