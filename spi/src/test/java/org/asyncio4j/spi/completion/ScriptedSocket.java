package org.asyncio4j.spi.completion;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A socket whose operations end when the test ends them. */
final class ScriptedSocket implements CompletionSocket {

  static final InetSocketAddress LOCAL = address(4000);
  static final InetSocketAddress PEER = address(5000);

  final List<String> calls = new ArrayList<>();
  int closes;
  int shutdowns;
  IOException bindFailure;
  RuntimeException refusal; // of bind and connect
  RuntimeException optionRefusal;
  RuntimeException defect; // of read and write
  Completion connecting;

  private final ScriptedPort port;
  private final ScriptedOperations operations;
  private final StringBuilder taken = new StringBuilder();
  private ScriptedOperations.Operation read;
  private ScriptedOperations.Operation write;

  ScriptedSocket(ScriptedPort port, ScriptedOperations operations) {
    this.port = port;
    this.operations = operations;
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddresses.forString("127.0.0.1"), port);
  }

  String taken() {
    return taken.toString();
  }

  boolean isReading() {
    return read != null;
  }

  boolean isWriting() {
    return write != null;
  }

  void completeRead(byte[] data) {
    ScriptedOperations.Operation ended = read;
    read = null;
    port.report(() ->
        ended.end(completion -> {
          ByteBuffer target = ended.buffers.getFirst();
          target.put(target.position(), data);
          completion.completed(data.length);
        }));
  }

  void endRead() {
    ScriptedOperations.Operation ended = read;
    read = null;
    port.report(() -> ended.end(completion -> completion.completed(-1)));
  }

  void failRead(IOException failure) {
    ScriptedOperations.Operation ended = read;
    read = null;
    port.report(() -> ended.end(completion -> completion.failed(failure)));
  }

  /** Takes some of the bytes, which were lent. */
  void completeWrite(int most) {
    ScriptedOperations.Operation ended = write;
    write = null;
    int count = 0;
    for (ByteBuffer source : ended.buffers) {
      int part = Math.min(most - count, source.remaining());
      taken.append(US_ASCII.decode(source.slice(source.position(), part)));
      count += part;
    }
    int total = count;
    port.report(() -> ended.end(completion -> completion.completed(total)));
  }

  void failWrite(IOException failure) {
    ScriptedOperations.Operation ended = write;
    write = null;
    port.report(() -> ended.end(completion -> completion.failed(failure)));
  }

  @Override
  public void bind(SocketAddress local) throws IOException {
    calls.add("bind " + local);
    if (refusal != null) {
      throw refusal;
    }
    if (bindFailure != null) {
      throw bindFailure;
    }
  }

  @Override
  public void connect(SocketAddress remote, Completion completion) {
    calls.add("connect " + remote);
    if (refusal != null) {
      throw refusal;
    }
    connecting = completion;
  }

  @Override
  public void read(ByteBuffer target, Completion completion) {
    assertThat(closes).as("a read of a closed socket").isZero();
    assertThat(read).as("the read that is under way already").isNull();
    assertThat(target.hasRemaining()).as("room to read").isTrue();
    throwDefect();
    read = operations.start(List.of(target), completion);
  }

  @Override
  public void write(List<ByteBuffer> sources, Completion completion) {
    assertThat(closes).as("a write to a closed socket").isZero();
    assertThat(write).as("the write that is under way already").isNull();
    assertThat(sources).isNotEmpty().allMatch(ByteBuffer::hasRemaining);
    throwDefect();
    write = operations.start(sources, completion);
  }

  private void throwDefect() {
    if (defect != null) {
      throw defect;
    }
  }

  @Override
  public void shutdownOutput() {
    assertThat(write).as("the write that is under way").isNull();
    shutdowns++;
  }

  @Override
  public boolean isOpen() {
    return closes == 0;
  }

  /** Operations that are under way end later. */
  @Override
  public void close() {
    closes++;
  }

  @Override
  public SocketAddress localAddress() {
    return LOCAL;
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.of(PEER);
  }

  @Override
  public <T> T option(SocketOption<T> option) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> void setOption(SocketOption<T> option, T value) {
    if (optionRefusal != null) {
      throw optionRefusal;
    }
  }
}
