package org.asyncio4j.spi.readiness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;

/** Records its calls, and runs an action of the test. */
final class RecordingProtocol implements Protocol {

  final List<String> events = new ArrayList<>();
  Transport transport;
  Throwable reason;
  boolean keepsOpen;
  Consumer<ByteBuffer> onData = data -> {};

  private final Map<String, Runnable> actions = new HashMap<>();

  /** Has something done by the callback that writes down an event. */
  RecordingProtocol on(String event, Runnable action) {
    actions.put(event, action);
    return this;
  }

  @Override
  public void connectionMade(Transport made) {
    transport = made;
    received("made");
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    String text = UTF_8.decode(data.duplicate()).toString();
    onData.accept(data);
    received("data " + text);
  }

  @Override
  public boolean eofReceived() {
    received("eof");
    return keepsOpen;
  }

  @Override
  public void connectionLost(Throwable exception) {
    reason = exception;
    received(exception == null ? "lost" : "lost with exception");
  }

  @Override
  public void pauseWriting() {
    received("pause");
  }

  @Override
  public void resumeWriting() {
    received("resume");
  }

  private void received(String event) {
    events.add(event);
    Runnable action = actions.get(event);
    if (action != null) {
      action.run();
    }
  }
}
