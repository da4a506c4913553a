package org.asyncio4j.internal.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.stream.StreamWriter;

/** Writes to the transport of a connection. */
final class ConnectionWriter implements StreamWriter {

  private final StreamsProtocol connection;
  private final ConnectionOutput outgoing;
  private final Abandonment.Token token;

  ConnectionWriter(StreamsProtocol connection, ConnectionOutput outgoing, Abandonment.Token token) {
    this.connection = connection;
    this.outgoing = outgoing;
    this.token = token;
  }

  @Override
  public Transport transport() {
    return connection.transport();
  }

  @Override
  public void write(byte[] data) {
    try {
      connection.writable("StreamWriter.write").write(ByteBuffer.wrap(data));
    } catch (WrongThreadException refused) {
      throw connection.refusal("StreamWriter.write", refused);
    }
  }

  @Override
  public void write(ByteBuffer data) {
    try {
      connection.writable("StreamWriter.write").write(data);
    } catch (WrongThreadException refused) {
      throw connection.refusal("StreamWriter.write", refused);
    }
  }

  @Override
  public void write(String text, Charset charset) {
    write(text.getBytes(charset));
  }

  @Override
  public void writeLines(List<ByteBuffer> buffers) {
    try {
      connection.writable("StreamWriter.writeLines").writeLines(buffers);
    } catch (WrongThreadException refused) {
      throw connection.refusal("StreamWriter.writeLines", refused);
    }
  }

  @Override
  public void drain() throws IOException {
    drain("StreamWriter.drain");
  }

  private void drain(String operation) throws IOException {
    connection.ensureOwner(operation);
    ConnectionFailure.throwIfPresent(outgoing.failure());
    if (transport().isClosing()) {
      connection.requireTask(operation);
      LoopBootstraps.get().yieldOnce();
    }
    if (outgoing.isLost()) {
      ConnectionFailure.throwIfPresent(outgoing.failure());
      throw connection.lost();
    }
    try {
      outgoing.awaitRoom(operation);
    } finally {
      Reference.reachabilityFence(token);
    }
  }

  @Override
  public boolean canWriteEof() {
    return transport().canWriteEof();
  }

  @Override
  public void writeEof() {
    try {
      connection.writable("StreamWriter.writeEof").writeEof();
    } catch (WrongThreadException refused) {
      throw connection.refusal("StreamWriter.writeEof", refused);
    }
  }

  @Override
  public void startTls(TlsOptions options) throws IOException {
    startTls(options, connection.role());
  }

  @Override
  public void startTls(TlsOptions options, TlsRole role) throws IOException {
    requireNonNull(options, "options");
    requireNonNull(role, "role");
    drain("StreamWriter.startTls");
    try {
      connection.secure(options, role);
    } finally {
      Reference.reachabilityFence(token);
    }
  }

  @Override
  public void close() {
    connection.close("StreamWriter.close");
  }

  @Override
  public boolean isClosing() {
    return transport().isClosing();
  }

  @Override
  public void waitClosed() throws IOException {
    connection.ensureOwner("StreamWriter.waitClosed");
    try {
      outgoing.awaitLoss("StreamWriter.waitClosed");
    } finally {
      Reference.reachabilityFence(token);
    }
  }

  @Override
  public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
    return transport().extraInfo(requireNonNull(key, "key"));
  }

  @Override
  public String toString() {
    return "<StreamWriter of %s>".formatted(transport());
  }
}
