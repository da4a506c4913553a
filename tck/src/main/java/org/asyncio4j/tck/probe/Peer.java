package org.asyncio4j.tck.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.tck.kit.TckSettings;

/**
 * The other end of a loop's connection: a plain blocking socket of the JDK, which waits with a time
 * limit and does not use a loop.
 */
public final class Peer implements AutoCloseable {

  private static final int CHUNK_BYTES = 64 * 1024;

  private final Socket socket;
  private final Patience patience;
  private final TckSettings settings;
  private final AtomicLong sent = new AtomicLong();

  Peer(Socket socket, TckSettings settings) throws SocketException {
    this.socket = socket;
    this.settings = settings;
    this.patience = new Patience(settings);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(settings.patience().toMillis()));
  }

  /** {@return the socket, for its addresses and options, and for streams on top of it} */
  public Socket socket() {
    return socket;
  }

  /**
   * Sends text, of ASCII characters.
   *
   * @param text the text
   */
  public void send(String text) {
    send(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Sends bytes, and waits until the loop takes them.
   *
   * @param data the bytes
   */
  public void send(byte[] data) {
    doing(
        "sending",
        () -> {
          for (int start = 0; start < data.length; start += CHUNK_BYTES) {
            int count = Math.min(CHUNK_BYTES, data.length - start);
            socket.getOutputStream().write(data, start, count);
            sent.addAndGet(count);
          }
          return true;
        });
  }

  /**
   * Sends bytes, unless the connection has ended.
   *
   * @param data the bytes
   */
  public void sendUnlessClosed(byte[] data) {
    try {
      send(data);
    } catch (RuleViolation closed) {
      // The rule has ended, or has ended the connection itself; a receiver will notice.
    }
  }

  /**
   * Sends bytes from a background thread, which ends with this peer.
   *
   * @param data the bytes
   */
  public void sendInBackground(byte[] data) {
    Thread ignored =
        Thread.ofPlatform().daemon().name("tck-peer").start(() -> sendUnlessClosed(data));
  }

  /**
   * Waits until data that is sent in the background makes no progress any more, or is sent
   * completely.
   */
  public void awaitStandstill() {
    AtomicLong before = new AtomicLong();
    AtomicBoolean moving = new AtomicBoolean();
    patience.until(
        "a peer that sends must come to a standstill or to an end",
        () -> {
          before.set(sent.get());
          moving.set(
              Patience.holdsWithin(settings.quietPeriod(), () -> sent.get() != before.get()));
          return before.get() > 0 && !moving.get();
        });
  }

  /** {@return how many of the sent bytes the system has taken} */
  public long sent() {
    return sent.get();
  }

  /** Ends the output; the loop's data can still be received. */
  public void sendEof() {
    doing(
        "ending the output",
        () -> {
          socket.shutdownOutput();
          return true;
        });
  }

  /** Closes the connection by a reset. */
  public void reset() {
    doing(
        "resetting",
        () -> {
          socket.setSoLinger(true, 0);
          socket.close();
          return true;
        });
  }

  /**
   * Receives exactly {@code count} bytes.
   *
   * @param count how many
   * @return the bytes
   */
  public byte[] receive(int count) {
    byte[] data = doing("receiving", () -> socket.getInputStream().readNBytes(count));
    Expect.equal("the number of bytes that the peer receives", count, data.length);
    return data;
  }

  /**
   * Receives {@code count} bytes, or less if the loop ends the connection before, in any way.
   *
   * @param count how many
   * @return the bytes
   */
  public byte[] receiveUpTo(int count) {
    return doing(
        "receiving data or an end",
        () -> {
          try {
            return socket.getInputStream().readNBytes(count);
          } catch (SocketException reset) {
            return new byte[0];
          }
        });
  }

  /**
   * Receives text, of ASCII characters.
   *
   * @param length how many characters
   * @return the text
   */
  public String receiveText(int length) {
    return new String(receive(length), StandardCharsets.US_ASCII);
  }

  /** {@return all bytes up to the end of the loop's output} */
  public byte[] receiveAll() {
    return doing("receiving up to the end", () -> socket.getInputStream().readAllBytes());
  }

  /** {@return all bytes up to the end of the connection, whether it was closed or reset} */
  public byte[] receiveUntilLost() {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    return doing(
        "receiving up to the end",
        () -> {
          try {
            long ignored = socket.getInputStream().transferTo(received);
          } catch (SocketException reset) {
            // Bytes before the reset count.
          }
          return received.toByteArray();
        });
  }

  /**
   * Receives exactly {@code count} bytes, with any content.
   *
   * @param count how many
   */
  public void skip(long count) {
    doing(
        "receiving",
        () -> {
          socket.getInputStream().skipNBytes(count);
          return true;
        });
  }

  /** Expects that the loop sends no more, whether it closed or reset the connection. */
  public void expectEnd() {
    int next = doing("receiving the end", () -> readOrEnd(socket.getInputStream()));
    Expect.equal("what the peer receives instead of an end", -1, next);
  }

  /**
   * Expects text to arrive.
   *
   * @param expected the text
   */
  public void expectText(String expected) {
    Expect.equal("what arrives", expected, receiveText(expected.length()));
  }

  /**
   * Expects the loop to end the connection, in any way, whatever it sends before.
   *
   * @param what names the connection
   */
  public void expectClosed(String what) {
    try {
      long ignored = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException reset) {
      return;
    } catch (IOException late) {
      throw new RuleViolation(what + " must be closed, but is still open", late);
    }
  }

  /** Closes the socket. Does nothing when repeated. */
  @Override
  public void close() {
    doing(
        "closing",
        () -> {
          socket.close();
          return true;
        });
  }

  private static int readOrEnd(InputStream input) throws IOException {
    try {
      return input.read();
    } catch (SocketException reset) {
      return -1;
    }
  }

  private static <T> T doing(String what, Action<T> action) {
    try {
      return action.run();
    } catch (IOException failure) {
      throw new RuleViolation(
          "%s at the peer of a connection must succeed but failed: %s".formatted(what, failure),
          failure);
    }
  }

  private interface Action<T> {
    T run() throws IOException;
  }
}
