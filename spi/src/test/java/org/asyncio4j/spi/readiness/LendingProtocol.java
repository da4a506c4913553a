package org.asyncio4j.spi.readiness;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Transport;

/** Lends the buffer that the test gives it, and records its calls. */
final class LendingProtocol implements BufferedProtocol {

  final List<String> events = new ArrayList<>();
  ByteBuffer buffer;
  Transport transport;
  Throwable reason;
  Runnable onGet = () -> {};
  Runnable onUpdate = () -> {};

  LendingProtocol(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  @Override
  public void connectionMade(Transport made) {
    transport = made;
  }

  @Override
  public ByteBuffer getBuffer(int sizeHint) {
    events.add("getBuffer " + sizeHint);
    onGet.run();
    return buffer;
  }

  @Override
  public void bufferUpdated(int byteCount) {
    events.add("bufferUpdated " + byteCount);
    onUpdate.run();
  }

  @Override
  public boolean eofReceived() {
    events.add("eof");
    return false;
  }

  @Override
  public void connectionLost(Throwable exception) {
    reason = exception;
    events.add("lost");
  }
}
