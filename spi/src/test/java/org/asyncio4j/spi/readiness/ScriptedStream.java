package org.asyncio4j.spi.readiness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.StreamSocket;

/** A stream socket that returns what the test sets. */
final class ScriptedStream extends ScriptedSocket implements StreamSocket {

  static final InetSocketAddress PEER = ScriptedSocket.address("127.0.0.1", 5000);

  /** How many bytes the system takes until there is room again. */
  long room = Long.MAX_VALUE;

  /** How many bytes it takes at a time, even if there is room for more. */
  long longestWrite = Long.MAX_VALUE;

  /** How many buffers each gathering call was given. */
  final Deque<Integer> gathered = new ArrayDeque<>();

  /** What other threads do while the system is called, before and after it takes bytes. */
  Runnable beforeTransfer = () -> {};

  Runnable afterTransfer = () -> {};

  IOException writeFailure;
  RuntimeException writeDefect;
  IOException shutdownFailure;
  IOException bindFailure;
  IOException connectFailure;
  IOException finishFailure;
  boolean connectsAtOnce;
  boolean connectEnded;
  boolean stillConnecting;

  private final Deque<Object> reads = new ArrayDeque<>();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  void arrives(String data) {
    reads.add(ByteBuffer.wrap(data.getBytes(UTF_8)));
  }

  void arrives(byte[] data) {
    reads.add(ByteBuffer.wrap(data));
  }

  void ends() {
    reads.add("end of file");
  }

  void fails(Exception failure) {
    reads.add(failure);
  }

  /** The next read finds nothing, although the poller reported readiness. */
  void isReadySpuriously() {
    reads.add("nothing");
  }

  String sent() {
    return sent.toString(UTF_8);
  }

  byte[] sentBytes() {
    return sent.toByteArray();
  }

  @Override
  int readiness() {
    boolean writable =
        connectEnded || (room > 0 && !calls.contains("connect")) || writeFailure != null;
    return (reads.isEmpty() ? 0 : Interest.READ) | (writable ? Interest.WRITE : 0);
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return Optional.of(PEER);
  }

  @Override
  public void bind(SocketAddress local) throws IOException {
    calls.add("bind " + local);
    throwIfSet(bindFailure);
  }

  @Override
  public boolean connect(SocketAddress remote) throws IOException {
    calls.add("connect");
    throwIfSet(connectFailure);
    return connectsAtOnce;
  }

  @Override
  public boolean finishConnect() throws IOException {
    calls.add("finish");
    throwIfSet(finishFailure);
    return !stillConnecting;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    calls.add("read");
    beforeTransfer.run();
    Object next = reads.peek();
    if (next instanceof ByteBuffer data) {
      int count = Math.min(data.remaining(), target.remaining());
      target
          .put(target.position(), data, data.position(), count)
          .position(target.position() + count);
      data.position(data.position() + count);
      if (!data.hasRemaining()) {
        reads.remove();
      }
      return count;
    }
    if (next instanceof IOException failure) {
      throw failure;
    }
    if (next instanceof RuntimeException defect) {
      throw defect;
    }
    if ("nothing".equals(next)) {
      reads.remove();
      return 0;
    }
    return next == null ? 0 : -1; // an end of file stays
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    calls.add("write");
    beforeTransfer.run();
    int taken = take(source);
    afterTransfer.run();
    return taken;
  }

  @Override
  public long write(ByteBuffer[] sources, int count) throws IOException {
    calls.add("gather");
    gathered.add(count);
    beforeTransfer.run();
    long taken = 0;
    for (int i = 0; i < count; i++) {
      taken += take(sources[i]);
    }
    afterTransfer.run();
    return taken;
  }

  @Override
  public void shutdownOutput() throws IOException {
    calls.add("shutdown");
    throwIfSet(shutdownFailure);
  }

  private int take(ByteBuffer source) throws IOException {
    throwIfSet(writeFailure);
    if (writeDefect != null) {
      throw writeDefect;
    }
    int count = (int) Math.min(Math.min(room, longestWrite), source.remaining());
    byte[] bytes = new byte[count];
    source.get(bytes);
    sent.writeBytes(bytes);
    room -= count;
    return count;
  }

  private static void throwIfSet(IOException failure) throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
