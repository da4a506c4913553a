package org.asyncio4j.benchmarks.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.asyncio4j.benchmarks.comparison.ChildProcess;
import org.asyncio4j.benchmarks.comparison.CpuSnapshot;

/**
 * Compares the cost of full handshakes on cold and on warm servers: many clients connect first, and
 * then perform their handshakes at the same time. Prints milliseconds of processor time per
 * handshake, without compiler threads.
 *
 * <p>The arguments are the number of clients, the number of rounds, and EC or RSA. The first round
 * measures cold servers; the median of the last third of the rounds measures warm ones.
 */
public final class HandshakeComparison implements AutoCloseable {

  private static final List<String> CONTESTANTS = List.of("epoll", "nio", "jdk");
  private static final List<String> FLAGS =
      List.of("--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED");

  private final String contestant;
  private final ChildProcess server;
  private final int port;
  private final List<Double> samples = new ArrayList<>();

  private HandshakeComparison(String contestant, Path key) throws IOException {
    this.contestant = contestant;
    List<String> arguments = List.of(contestant, key.toString());
    this.server =
        ChildProcess.startJvm(HandshakeServer.class, FLAGS, arguments, OptionalInt.empty());
    this.port = Integer.parseInt(server.expect("port"));
  }

  /** The program. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int clients = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    Path directory = Files.createTempDirectory("handshakes");
    Path key = directory.resolve("key.p12");
    Keys.make(key, arguments[2]);
    SSLContext context = Keys.context(key);
    List<HandshakeComparison> all = new ArrayList<>();
    try {
      for (String contestant : CONTESTANTS) {
        all.add(new HandshakeComparison(contestant, key));
      }
      List<HandshakeComparison> order = new ArrayList<>(all);
      Random random = new Random(42);
      for (int round = 0; round < rounds; round++) {
        Collections.shuffle(order, random);
        for (HandshakeComparison one : order) {
          one.measure(clients, context);
        }
      }
      all.forEach(HandshakeComparison::print);
    } finally {
      all.forEach(HandshakeComparison::close);
      Files.delete(key);
      Files.delete(directory);
    }
  }

  private void measure(int clients, SSLContext context) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
    }
    CpuSnapshot before = CpuSnapshot.of(server.pid());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Socket socket : sockets) {
        threads.execute(() -> shakeHands(socket, context));
      }
    }
    samples.add(CpuSnapshot.of(server.pid()).since(before).nanos() / 1e6 / clients);
  }

  private static void shakeHands(Socket socket, SSLContext context) {
    // The local port in the session key differs for each client, so no session is resumed.
    try (SSLSocket secured =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(socket, "localhost", socket.getLocalPort(), true)) {
      secured.getOutputStream().write(1);
      if (secured.getInputStream().read() != 1) {
        throw new IllegalStateException("the byte must come back but did not");
      }
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void print() {
    List<Double> warm =
        samples.subList(samples.size() * 2 / 3, samples.size()).stream().sorted().toList();
    System.out.printf(
        "%-6s cold %6.2f ms, warm %6.2f ms a handshake%n",
        contestant, samples.getFirst(), warm.get(warm.size() / 2));
  }

  @Override
  public void close() {
    server.close();
  }
}
