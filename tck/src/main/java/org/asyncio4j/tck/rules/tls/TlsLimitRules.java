package org.asyncio4j.tck.rules.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.probe.TlsPeer;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 17, part seven: what clients may do before a server knows them. */
@Requires({Capability.TLS, Capability.TCP_SERVER})
final class TlsLimitRules {

  private static final int HANDSHAKE = 22;
  private static final int MANY_BYTES = 1024 * 1024;
  private static final int PIECE = 64 * 1024;

  private final Network network;
  private final Trace ofServer = new Trace();

  TlsLimitRules(LoopFixture fixture) {
    this.network = fixture.network();
  }

  /**
   * Sends records that are empty, too long or of an invalid type, at once and in the middle of a
   * message, to servers with and without a chooser of contexts.
   */
  @Rule("17.37")
  @Hint("End the handshake at the first record that TLS does not allow.")
  void disallowedRecordsEndTheHandshake() throws IOException {
    byte[] begun = record(HANDSHAKE, 1);
    List<byte[]> refused =
        List.of(
            record(HANDSHAKE),
            join(begun, record(HANDSHAKE)),
            new byte[] {HANDSHAKE, 3, 3, 0x48, 1},
            record(99, 1, 2, 3, 4),
            join(begun, record(23, 1, 2, 3, 4)));

    for (Server server : servers()) {
      for (byte[] sent : refused) {
        Peer peer = network.connectTo(server);
        peer.send(sent);
        peer.expectClosed("a connection with the record " + Arrays.toString(sent));
      }
    }
    ofServer.expect("the calls of the protocols");
  }

  /**
   * Sends a message byte by byte, each in a record of its own, warnings, and endless {@code
   * change_cipher_spec} records, which TLS 1.3 allows for old proxies, also in alternation, to
   * servers with and without a chooser of contexts.
   */
  @Rule("17.38")
  @Hint("Limit the records and the bytes before the handshake is done, of all types together.")
  void anEndlessHandshakeIsAborted() throws IOException {
    byte[] begun = record(HANDSHAKE, 1, 0, 0x7f, 0xff);
    for (Server server : servers()) {
      expectEndOf(server, begun, record(HANDSHAKE, 0));
      expectEndOf(server, new byte[0], warning());
      expectEndOf(server, begun, join(record(HANDSHAKE, 0), warning()));
      byte[] hello = new TlsPeer(new Socket()).hello();
      expectEndOf(server, hello, changeCipherSpec());
      expectEndOf(server, hello, join(changeCipherSpec(), changeCipherSpec(), warning()));
    }
    ofServer.expect("the calls of the protocols");
  }

  private void expectEndOf(Server server, byte[] first, byte[] repeated) throws IOException {
    Peer peer = network.connectTo(server);
    byte[] piece = repeat(repeated, PIECE / repeated.length);
    OutputStream output = peer.socket().getOutputStream();
    try {
      output.write(first);
      for (int sent = 0; sent < MANY_BYTES; sent += piece.length) {
        output.write(piece);
      }
    } catch (SocketException ended) {
      return;
    }
    peer.expectClosed("a connection that sends without end");
  }

  /**
   * Stops handshakes at several points, and then completes one, whose message is cut into small
   * records.
   */
  @Rule("17.39")
  @Hint("Keep the state of a handshake with its connection.")
  void stalledHandshakesDoNotDelayOthers() throws IOException {
    for (Server server : servers(EchoProtocol::new)) {
      List<Peer> stalled = new ArrayList<>();
      byte[] hello = new TlsPeer(new Socket()).hello();
      for (int count : List.of(0, 3, 50, hello.length - 1, hello.length)) {
        Peer peer = network.connectTo(server);
        peer.send(Arrays.copyOf(hello, count));
        stalled.add(peer);
      }

      Peer peer = network.connectTo(server);
      TlsPeer good = new TlsPeer(peer.socket());
      peer.send(TlsPeer.cut(good.hello(), 64));
      good.shakeHands(Network.bytes("hello"));

      Expect.equal("what comes back", "hello", good.read(5));
      for (Peer other : stalled) {
        other.close();
      }
      network.perform(server::close);
    }
  }

  private List<Server> servers() {
    return servers(() -> new ProbeProtocol(ofServer));
  }

  private List<Server> servers(Supplier<Protocol> factory) {
    TlsOptions plain = TlsLinks.serving();
    TlsOptions choosing = plain.withContextChooser(name -> Optional.empty());
    return List.of(
        network.serve(factory, ServerOptions.on(Network.HOST, 0).withTls(plain)),
        network.serve(factory, ServerOptions.on(Network.HOST, 0).withTls(choosing)));
  }

  private static byte[] changeCipherSpec() {
    return record(20, 1);
  }

  private static byte[] warning() {
    return record(21, 1, 90);
  }

  private static byte[] record(int type, int... fragment) {
    byte[] bytes = new byte[5 + fragment.length];
    bytes[0] = (byte) type;
    bytes[1] = 3;
    bytes[2] = 3;
    bytes[4] = (byte) fragment.length;
    for (int at = 0; at < fragment.length; at++) {
      bytes[5 + at] = (byte) fragment[at];
    }
    return bytes;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static byte[] repeat(byte[] part, int count) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
