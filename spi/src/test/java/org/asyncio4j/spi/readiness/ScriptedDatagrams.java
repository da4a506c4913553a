package org.asyncio4j.spi.readiness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.asyncio4j.spi.driver.Interest;

/** A UDP socket that returns what the test sets. */
final class ScriptedDatagrams extends ScriptedSocket implements DatagramSocket {

  static final InetSocketAddress PEER = ScriptedSocket.address("127.0.0.1", 5000);

  /** How many datagrams the system takes until there is room again. */
  int room = Integer.MAX_VALUE;

  /** The exceptions of the next sends, in order. */
  final Deque<Exception> sendFailures = new ArrayDeque<>();

  /** What other threads do while the system is called. */
  Runnable beforeSend = () -> {};

  /** The sent datagrams and their destinations. */
  final List<String> sent = new ArrayList<>();

  /** Whether readiness implies room. */
  boolean tellsRoom = true;

  /** Where the socket is bound. */
  SocketAddress local = LOCAL;

  IOException bindFailure;
  IOException connectFailure;
  boolean connected;

  private final Deque<Object> arrivals = new ArrayDeque<>();

  void arrives(String data) {
    arrivals.add(data);
  }

  void fails(Exception failure) {
    arrivals.add(failure);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  /** Sends texts to the peer. */
  static void send(DatagramTransport transport, String... texts) {
    for (String text : texts) {
      transport.sendTo(bytes(text), PEER);
    }
  }

  @Override
  int readiness() {
    return (arrivals.isEmpty() ? 0 : Interest.READ) | (room > 0 ? Interest.WRITE : 0);
  }

  @Override
  public Optional<SocketAddress> remoteAddress() {
    return connected ? Optional.of(PEER) : Optional.empty();
  }

  @Override
  public void bind(SocketAddress local) throws IOException {
    calls.add("bind " + local);
    throwIfSet(bindFailure);
  }

  @Override
  public void connect(SocketAddress remote) throws IOException {
    calls.add("connect " + remote);
    throwIfSet(connectFailure);
    connected = true;
  }

  @Override
  public SocketAddress receive(ByteBuffer target) throws IOException {
    calls.add("receive " + target.remaining());
    Object next = arrivals.poll();
    if (next instanceof String data) {
      target.put(data.getBytes(UTF_8));
      return PEER;
    }
    throwIfSet(next);
    return null;
  }

  @Override
  public boolean send(ByteBuffer source, SocketAddress to) throws IOException {
    calls.add("send");
    beforeSend.run();
    throwIfSet(sendFailures.poll());
    if (room == 0) {
      return false;
    }
    room--;
    sent.add(
        UTF_8.decode(source)
            + (to instanceof InetSocketAddress address ? "@" + address.getPort() : ""));
    return true;
  }

  @Override
  public boolean tellsRoomFor(SocketAddress to) {
    return tellsRoom;
  }

  @Override
  public SocketAddress localAddress() {
    return local;
  }

  @Override
  public void joinGroup(InetAddress group, NetworkInterface on) {
    calls.add("join " + group.getHostAddress());
  }

  @Override
  public void leaveGroup(InetAddress group, NetworkInterface on) {
    calls.add("leave " + group.getHostAddress());
  }

  private static void throwIfSet(Object failure) throws IOException {
    if (failure instanceof IOException refused) {
      throw refused;
    }
    if (failure instanceof RuntimeException defect) {
      throw defect;
    }
  }
}
