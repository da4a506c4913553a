package org.asyncio4j.spi.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLException;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.internal.tls.TlsMachine.Step;

/** Two machines, and bytes that go from one to the other in pieces of any size. */
final class MachinePair {

  final End client;
  final End server;
  private final Random random;

  MachinePair(TlsOptions ofClient, TlsOptions ofServer, Random random) throws IOException {
    this.random = random;
    client =
        new End(
            new TlsMachine(
                new TlsEngines(
                    MachinePair::refuse, new ServerSelfTest(), ofClient, TlsRole.CLIENT, -1)));
    server =
        new End(
            new TlsMachine(
                new TlsEngines(
                    MachinePair::refuse, new ServerSelfTest(), ofServer, TlsRole.SERVER, -1)));
  }

  static TlsOptions trusting() {
    return TlsOptions.with(TestContexts.of("client", "server")).withServerName("localhost");
  }

  static TlsOptions serving() {
    return TlsOptions.with(TestContexts.of("server", "client"));
  }

  static void refuse(ErrorReport report) {
    throw new AssertionError(report.toString());
  }

  void begin() throws SSLException {
    client.machine.begin();
    server.machine.begin();
    exchange();
  }

  /** Lets both talk until neither has anything to say. */
  void exchange() throws SSLException {
    client.run();
    server.run();
    while (client.said.size() + server.said.size() > 0) {
      client.sendPiece(server, random);
      server.sendPiece(client, random);
    }
  }

  /** One machine, and the data that it has sent and received. */
  static final class End {

    final TlsMachine machine;
    final List<Step> steps = new ArrayList<>();
    final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final TlsInput incoming = new TlsInput(new TlsBuffers());

    End(TlsMachine machine) {
      this.machine = machine;
    }

    /** Writes through a buffer with room for one record at a time. */
    void write(byte[] bytes) throws SSLException {
      ByteBuffer data = ByteBuffer.wrap(bytes);
      boolean more = true;
      while (more && data.hasRemaining()) {
        ByteBuffer out = ByteBuffer.allocate(machine.recordBytes());
        more = machine.encrypt(new ByteBuffer[] {data}, out);
        take(out);
      }
      machine.keep(data);
    }

    void run() throws SSLException {
      ByteBuffer out = ByteBuffer.allocate(machine.recordBytes());
      while (machine.state() != TlsMachine.State.UNWRAPPED) {
        ByteBuffer plain = ByteBuffer.allocate(machine.plaintextBytes());
        Step step;
        try {
          step = machine.next(incoming.unread(), plain, out);
        } catch (SSLException failure) {
          machine.alert(out);
          take(out);
          throw failure;
        }
        take(out);
        note(step);
        switch (step) {
          case PLAINTEXT -> heard.writeBytes(bytesOf(plain.flip()));
          case NEEDS_TASKS -> assertThat(machine.runTasks()).isTrue();
          case NEEDS_PEER, ENDED -> {
            incoming.settle();
            return;
          }
          default -> assertThat(step).isNotEqualTo(Step.NEEDS_ROOM_FOR_PLAINTEXT);
        }
      }
    }

    void hear(byte[] bytes) throws SSLException {
      int at = 0;
      while (at < bytes.length) {
        ByteBuffer room = incoming.room();
        int count = Math.min(room.remaining(), bytes.length - at);
        room.put(bytes, at, count);
        incoming.added(count);
        at += count;
        run();
      }
    }

    byte[] takeSaid() {
      byte[] all = said.toByteArray();
      said = new ByteArrayOutputStream();
      return all;
    }

    private void sendPiece(End other, Random random) throws SSLException {
      byte[] all = takeSaid();
      int count = all.length == 0 ? 0 : 1 + random.nextInt(Math.min(all.length, 40_000));
      said.write(all, count, all.length - count);
      byte[] piece = new byte[count];
      System.arraycopy(all, 0, piece, 0, count);
      other.hear(piece);
    }

    private void note(Step step) {
      if (step == Step.HANDSHAKE_DONE || step == Step.PEER_CLOSED || step == Step.ENDED) {
        steps.add(step);
      }
    }

    private void take(ByteBuffer out) {
      said.writeBytes(bytesOf(out.flip()));
      out.clear();
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    }
  }
}
