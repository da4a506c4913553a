package org.asyncio4j.tck.probe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.options.DatagramOptions;
import org.jspecify.annotations.Nullable;

/**
 * UDP endpoints of the rule's loop, which runs in the background, and plain UDP sockets of the JDK.
 * The fixture closes everything.
 */
public final class Datagrams {

  /** An endpoint on the loopback of IPv4. */
  public static final DatagramOptions ANY_PORT = DatagramOptions.boundTo(Network.HOST, 0);

  private static final int LONGEST = 65_536;

  private final LoopFixture fixture;
  private @Nullable BackgroundLoop background;

  /**
   * Creates no endpoint yet; the loop starts with the first one.
   *
   * @param fixture the fixture of the loop
   */
  public Datagrams(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** {@return the loop} */
  public EventLoop loop() {
    return fixture.loop();
  }

  /** {@return the loop, running since the first call} */
  public BackgroundLoop running() {
    BackgroundLoop started = background;
    if (started == null) {
      started = fixture.start();
      background = started;
    }
    return started;
  }

  /**
   * Opens an endpoint, in a task.
   *
   * @param protocol the protocol of the endpoint
   * @param options the options
   * @return the endpoint
   */
  public DatagramTransport open(DatagramProtocol protocol, DatagramOptions options) {
    return running().run(() -> loop().createDatagramEndpoint(() -> protocol, options).transport());
  }

  /**
   * Opens an endpoint that sends to a plain socket only.
   *
   * @param protocol the protocol of the endpoint
   * @param peer the plain socket
   * @return the endpoint
   */
  public DatagramTransport connect(DatagramProtocol protocol, DatagramSocket peer) {
    return open(protocol, DatagramOptions.connectedTo(Network.HOST, peer.getLocalPort()));
  }

  /**
   * {@return a plain socket on the loopback of IPv4}
   *
   * @throws IOException if the system refuses
   */
  public DatagramSocket peer() throws IOException {
    return peer(Network.endpoint(0));
  }

  /**
   * Opens a plain socket.
   *
   * @param address the address to bind
   * @return the socket
   * @throws IOException if the system refuses
   */
  public DatagramSocket peer(InetSocketAddress address) throws IOException {
    DatagramSocket socket = fixture.closing(new DatagramSocket(address));
    socket.setSoTimeout(Math.toIntExact(fixture.settings().patience().toMillis()));
    return socket;
  }

  /**
   * Returns the address of an endpoint.
   *
   * @param transport the endpoint
   * @return its address
   */
  public InetSocketAddress addressOf(DatagramTransport transport) {
    return (InetSocketAddress)
        running().call(() -> transport.extraInfo(ExtraInfo.SOCKNAME).orElseThrow());
  }

  /**
   * Calls code on the loop's thread and waits for it.
   *
   * @param action the code
   */
  public void act(ThrowingRunnable<? extends Exception> action) {
    running().perform(action);
  }

  /**
   * Sends text from an endpoint.
   *
   * @param text the text
   * @param from the endpoint
   * @param to the receiver; {@code null} for its own remote address
   */
  public void send(String text, DatagramTransport from, @Nullable InetSocketAddress to) {
    act(() -> from.sendTo(ByteBuffer.wrap(Network.bytes(text)), to));
  }

  /**
   * Sends text from a plain socket.
   *
   * @param text the text
   * @param from the plain socket
   * @param to the receiver
   * @throws IOException if the system refuses
   */
  public static void send(String text, DatagramSocket from, InetSocketAddress to)
      throws IOException {
    byte[] bytes = Network.bytes(text);
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }

  /**
   * Expects text to arrive at a plain socket.
   *
   * @param expected the text
   * @param peer the plain socket
   * @return the sender
   * @throws IOException if the system refuses
   */
  public static InetSocketAddress expectText(String expected, DatagramSocket peer)
      throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    try {
      peer.receive(packet);
    } catch (SocketTimeoutException late) {
      throw new RuleViolation(
          "a datagram of %d bytes must arrive, but did not".formatted(expected.length()), late);
    }
    String found = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    if (!found.equals(expected)) {
      throw new RuleViolation(
          "a datagram must arrive as it was sent, %d bytes, but %d other bytes did"
              .formatted(expected.length(), found.length()));
    }
    return (InetSocketAddress) packet.getSocketAddress();
  }

  /**
   * Expects that nothing receives at an address any more.
   *
   * @param address the address
   */
  public void expectFree(InetSocketAddress address) {
    fixture.patience().until("the port must be free again", () -> isFree(address));
  }

  /**
   * Waits until a protocol has received a call.
   *
   * @param protocol the protocol
   * @param event the call, as its trace names it
   */
  public void await(DatagramProbe protocol, String event) {
    await(protocol, event, 1);
  }

  /**
   * Waits until a protocol has received a call several times.
   *
   * @param protocol the protocol
   * @param event the call, as its trace names it
   * @param times how many times, at least
   */
  public void await(DatagramProbe protocol, String event, int times) {
    String shown = event.length() > 40 ? event.length() + " bytes" : "'" + event + "'";
    String often = times == 1 ? "" : ", for the %d. time".formatted(times);
    fixture
        .patience()
        .until(
            "the protocol must receive " + shown + often,
            () -> Collections.frequency(protocol.trace().events(), event) >= times);
  }

  private static boolean isFree(InetSocketAddress address) {
    try (DatagramSocket _ = new DatagramSocket(address)) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** {@return the loopback of IPv6 with a port that the system chooses} */
  public static InetSocketAddress ipv6Endpoint() {
    return new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);
  }
}
