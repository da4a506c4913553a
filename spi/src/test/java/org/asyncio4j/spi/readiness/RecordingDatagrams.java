package org.asyncio4j.spi.readiness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;

/** A datagram protocol that records its calls, and then runs an action of the test. */
final class RecordingDatagrams implements DatagramProtocol {

  final List<String> events = new ArrayList<>();
  private final Map<String, Runnable> reactions = new HashMap<>();

  void on(String event, Runnable reaction) {
    reactions.put(event, reaction);
  }

  private void note(String event) {
    events.add(event);
    reactions.getOrDefault(event, () -> {}).run();
  }

  @Override
  public void connectionMade(DatagramTransport transport) {
    note("made");
  }

  @Override
  public void datagramReceived(ByteBuffer data, SocketAddress from) {
    note("received " + UTF_8.decode(data) + " from " + ((InetSocketAddress) from).getPort());
  }

  @Override
  public void errorReceived(IOException failure) {
    note("error " + failure.getMessage());
  }

  @Override
  public void pauseWriting() {
    note("pause");
  }

  @Override
  public void resumeWriting() {
    note("resume");
  }

  @Override
  public void connectionLost(Throwable exception) {
    note(exception == null ? "lost" : "lost " + exception.getMessage());
  }
}
