package org.asyncio4j.tck.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.asyncio4j.Asyncio;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.tck.driver.Descriptors;
import org.asyncio4j.tck.probe.TlsPeer;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that do whatever they can think of to a TLS server, while others just talk to it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileClientsTest {

  private static final int LIMIT = 8;
  private static final int ROUNDS = 12;
  private static final int HOSTILE = 9;
  private static final int MANY_BYTES = 512 * 1024;
  private static final int STALLING = LIMIT - 2;

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void goodClientsAreServed(Kind kind) {
    for (boolean chooser : new boolean[] {false, true}) {
      TlsOptions tls = TlsLoops.SERVER;
      TlsOptions options = chooser ? tls.withContextChooser(name -> Optional.empty()) : tls;
      kind.run(() -> {
        Descriptors before = Descriptors.now();
        int[] present = new int[1];
        ServerOptions place =
            TlsLoops.loopback().withBacklog(200).withTls(options).withMaxConnections(LIMIT);
        Server server = Asyncio.runningLoop().createServer(() -> new Echo(present), place);
        int port = server.port();
        CountDownLatch over = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          List<Future<Boolean>> stalling = new ArrayList<>();
          for (int one = 0; one < STALLING; one++) {
            int part = one % 2;
            stalling.add(threads.submit(() -> stall(port, part, over)));
          }
          List<Future<Boolean>> others = new ArrayList<>();
          for (int round = 0; round < ROUNDS; round++) {
            for (int way = 0; way < HOSTILE; way++) {
              Random random = new Random(round * 31L + way);
              int chosen = way;
              others.add(threads.submit(() -> harass(port, chosen, random)));
            }
            others.add(threads.submit(() -> talk(port)));
          }
          TlsLoops.yieldUntil(() -> others.stream().allMatch(Future::isDone));
          over.countDown();
          TlsLoops.yieldUntil(() -> stalling.stream().allMatch(Future::isDone));
          for (Future<Boolean> one : others) {
            assertThat(one.get()).isTrue();
          }
        }
        TlsLoops.yieldUntil(() -> present[0] == 0);
        server.close();
        server.waitClosed(); // every place is free again
        while (!Descriptors.now().equals(before)) {
          Asyncio.sleep(Duration.ZERO);
        }
        return true;
      });
    }
  }

  private static boolean talk(int port) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      TlsPeer peer = new TlsPeer(socket);
      peer.connect("good client".getBytes(StandardCharsets.US_ASCII));
      return peer.read(11).equals("good client");
    }
  }

  /** Takes a place, and gives it back when the others are done. */
  private static boolean stall(int port, int part, CountDownLatch over)
      throws IOException, InterruptedException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      byte[] hello = new TlsPeer(socket).hello();
      socket.getOutputStream().write(hello, 0, part * hello.length / 2);
      over.await();
      return true;
    }
  }

  /** The server may treat such a client in any way; it only has to survive. */
  private static boolean harass(int port, int way, Random random) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      byte[] hello = new TlsPeer(socket).hello();
      return attack(socket, way, hello, random);
    } catch (IOException refused) {
      return true;
    }
  }

  private static boolean attack(Socket socket, int way, byte[] hello, Random random)
      throws IOException {
    OutputStream out = socket.getOutputStream();
    switch (way) {
      case 0 -> {} // sends nothing before its end
      case 1 -> out.write(TlsPeer.cut(hello, 1 + random.nextInt(40)));
      case 2 -> out.write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      case 3 -> repeat(out, new byte[] {22, 3, 3, 0, 1, 1});
      case 4 -> repeat(out, new byte[] {22, 3, 3, 0, 0});
      case 5 -> repeat(out, new byte[] {21, 3, 3, 0, 2, 1, 90});
      case 6 -> {
        byte[] noise = new byte[random.nextInt(20_000)];
        random.nextBytes(noise);
        out.write(noise);
      }
      case 7 -> {
        byte[] broken = hello.clone();
        broken[5 + random.nextInt(broken.length - 5)] ^= (byte) (1 + random.nextInt(255));
        out.write(broken);
      }
      case 8 -> {
        out.write(hello);
        socket.setSoLinger(true, 0);
        return true; // resets
      }
      default -> throw new IllegalArgumentException("way must be below 9: " + way);
    }
    socket.shutdownOutput();
    long ignored = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    return true;
  }

  private static void repeat(OutputStream out, byte[] record) throws IOException {
    byte[] piece = new byte[record.length * 1000];
    for (int at = 0; at < piece.length; at += record.length) {
      System.arraycopy(record, 0, piece, at, record.length);
    }
    for (int sent = 0; sent < MANY_BYTES; sent += piece.length) {
      out.write(piece);
    }
  }

  private static final class Echo implements Protocol {

    private final int[] present;
    private Transport transport;

    Echo(int[] present) {
      this.present = present;
    }

    @Override
    public void connectionMade(Transport made) {
      transport = made;
      present[0]++;
      assertThat(present[0]).isLessThanOrEqualTo(LIMIT);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      transport.write(data);
    }

    @Override
    public void connectionLost(Throwable exception) {
      present[0]--;
    }
  }
}
