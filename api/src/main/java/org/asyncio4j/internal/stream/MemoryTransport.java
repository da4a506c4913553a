package org.asyncio4j.internal.stream;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.jspecify.annotations.Nullable;

/** A transport without a socket, which keeps written bytes until they are taken. */
final class MemoryTransport implements Transport {

  private final EventLoop loop;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Queue<Consumer<Protocol>> heldBack = new ArrayDeque<>();
  private Protocol protocol;
  private WriteBufferLimits limits = WriteBufferLimits.defaults();
  private boolean paused;
  private boolean outputEnded;
  private volatile boolean closing;

  MemoryTransport(EventLoop loop, Protocol protocol) {
    this.loop = loop;
    this.protocol = protocol;
  }

  /** Notifies the protocol of an event, now or when reading resumes. */
  void deliver(Consumer<Protocol> event) {
    if (closing) {
      return;
    }
    heldBack.add(event);
    deliverHeldBack();
  }

  /** Loses the connection at once. */
  void lose(@Nullable Throwable reason) {
    closing = true;
    heldBack.clear();
    protocol.connectionLost(reason);
  }

  byte[] takeWritten() {
    byte[] taken = written.toByteArray();
    written.reset();
    return taken;
  }

  boolean isOutputEnded() {
    return outputEnded || closing;
  }

  @Override
  public void write(ByteBuffer data) {
    ensureOwner("write");
    BufferChecks.requireReadable(data, "write");
    ensureOutput();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    if (!closing) {
      written.writeBytes(bytes);
    }
  }

  @Override
  public void writeLines(List<ByteBuffer> buffers) {
    ensureOwner("writeLines");
    buffers.forEach(data -> BufferChecks.requireReadable(data, "writeLines"));
    ensureOutput();
    buffers.forEach(this::write);
  }

  @Override
  public void writeEof() {
    ensureOwner("writeEof");
    outputEnded = true;
  }

  @Override
  public boolean canWriteEof() {
    return true;
  }

  @Override
  public void close() {
    ensureOwner("close");
    if (!closing) {
      closing = true;
      heldBack.clear();
      var _ = loop.callSoon(() -> protocol.connectionLost(null));
    }
  }

  @Override
  public void abort() {
    close();
  }

  @Override
  public boolean isClosing() {
    return closing;
  }

  @Override
  public boolean isReading() {
    return !paused && !closing;
  }

  @Override
  public void pauseReading() {
    ensureOwner("pauseReading");
    paused = true;
  }

  @Override
  public void resumeReading() {
    ensureOwner("resumeReading");
    if (paused) {
      paused = false;
      // Not now: the caller is about to wait for the next event.
      var _ = loop.callSoon(this::deliverHeldBack);
    }
  }

  @Override
  public long writeBufferSize() {
    return 0;
  }

  @Override
  public WriteBufferLimits writeBufferLimits() {
    return limits;
  }

  @Override
  public void setWriteBufferLimits(WriteBufferLimits changed) {
    ensureOwner("setWriteBufferLimits");
    limits = requireNonNull(changed, "limits");
  }

  @Override
  public StreamProtocol protocol() {
    return protocol;
  }

  @Override
  public void setProtocol(BaseProtocol changed) {
    ensureOwner("setProtocol");
    if (!(requireNonNull(changed, "protocol") instanceof Protocol accepted)) {
      throw new IllegalArgumentException("protocol must be a Protocol: " + changed);
    }
    protocol = accepted;
  }

  @Override
  public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
    requireNonNull(key, "key");
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "transport in memory (%s)".formatted(closing ? "closed" : paused ? "paused" : "open");
  }

  private void deliverHeldBack() {
    while (!paused && !heldBack.isEmpty()) {
      heldBack.remove().accept(protocol);
    }
  }

  private void ensureOutput() {
    if (outputEnded) {
      throw new IllegalStateException(
          "cannot write to %s: writeEof() was called; write before it".formatted(this));
    }
  }

  private void ensureOwner(String method) {
    LoopBootstraps.get().ensureOwner(loop, "Transport." + method);
  }
}
