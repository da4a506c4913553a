package org.asyncio4j.spi.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A readiness backend whose system takes the number of bytes that the test sets. */
final class RoomyBackend implements StreamBackend {

  /** How many bytes the system takes until there is room again. */
  long room = Long.MAX_VALUE;

  IOException writeFailure;

  /** The recorded calls, in order. */
  final List<String> calls = new ArrayList<>();

  /** How many buffers each gathering call was given. */
  final Deque<Integer> gathered = new ArrayDeque<>();

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  String sent() {
    return sent.toString(UTF_8);
  }

  byte[] sentBytes() {
    return sent.toByteArray();
  }

  @Override
  public int write(ByteBuffer data) throws IOException {
    calls.add("write");
    return take(data);
  }

  @Override
  public long write(ByteBuffer[] data, int count) throws IOException {
    calls.add("gather");
    gathered.add(count);
    long taken = 0;
    for (int i = 0; i < count; i++) {
      taken += take(data[i]);
    }
    return taken;
  }

  @Override
  public void startReading() {
    calls.add("start reading");
  }

  @Override
  public void stopReading() {
    calls.add("stop reading");
  }

  @Override
  public void startWriting() {
    calls.add("start writing");
  }

  @Override
  public void stopWriting() {
    calls.add("stop writing");
  }

  @Override
  public void shutdownOutput() {
    calls.add("shutdown");
  }

  @Override
  public void cancel() {
    calls.add("cancel");
  }

  private int take(ByteBuffer source) throws IOException {
    if (writeFailure != null) {
      throw writeFailure;
    }
    int count = (int) Math.min(room, source.remaining());
    byte[] bytes = new byte[count];
    source.get(bytes);
    sent.writeBytes(bytes);
    room -= count;
    return count;
  }
}
