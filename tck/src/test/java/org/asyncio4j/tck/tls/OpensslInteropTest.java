package org.asyncio4j.tck.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.loop.nio.NioEventLoopProvider;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.TlsLinks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connects to the client and the server of OpenSSL; skipped with a message where it is not
 * installed.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpensslInteropTest {

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();
  private Path key;

  @BeforeEach
  void extractTheKeys() throws IOException, InterruptedException {
    assumeTrue(runs("version"), "openssl is not installed, so nothing is compared with it");
    Path store = directory.resolve("keys.p12");
    try (InputStream in = TlsLinks.class.getResourceAsStream("tls-for-tests.p12")) {
      Files.copy(in, store);
    }
    key = directory.resolve("keys.pem");
    assertThat(
            runs(
                "pkcs12",
                "-in",
                store.toString(),
                "-out",
                key.toString(),
                "-nodes",
                "-passin",
                "pass:changeit"))
        .isTrue();
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void theClientOfOpensslIsServed(String version) throws IOException {
    try (EventLoop loop = new NioEventLoopProvider().open(LoopContext.defaults())) {
      String answer =
          loop.runUntilComplete(
              loop.createTask(() -> {
                Server server =
                    loop.createServer(
                        EchoProtocol::new,
                        ServerOptions.on("127.0.0.1", 0).withTls(TlsLinks.serving()));
                Process client =
                    openssl(
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + server.port(),
                        version,
                        "-quiet",
                        "-no_ign_eof",
                        "-servername",
                        "localhost");
                client.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().flush();
                BufferedReader reader = client.inputReader();
                String line = loop.runInExecutor(reader::readLine).await();
                client.getOutputStream().close(); // then it sends close_notify
                server.close();
                server.waitClosed();
                return line;
              }));
      assertThat(answer).isEqualTo("hello");
    }
  }

  /** The lines "k" and "K" are commands: another key, and another key for both ends. */
  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void keysMayBeUpdatedByTheClientOfOpenssl(TlsLoops.Kind kind) {
    List<String> received =
        kind.run(() -> {
          EventLoop loop = Asyncio.runningLoop();
          Server server =
              loop.createServer(EchoProtocol::new, TlsLoops.loopback().withTls(TlsLinks.serving()));
          Process client =
              start(
                  new ProcessBuilder(
                          "openssl", "s_client", "-connect", "127.0.0.1:" + server.port())
                      .redirectErrorStream(true)); // where it prints KEYUPDATE
          BufferedReader reader = client.inputReader();
          List<String> lines = new ArrayList<>();
          for (String said : List.of("zero\n", "K\none\n", "k\ntwo\n", "K\nthree\n")) {
            String line = said.substring(said.indexOf('\n') == 1 ? 2 : 0).trim();
            for (String part : said.split("(?<=\n)")) {
              // A command is one only if it comes by a read of its own.
              client.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
              client.getOutputStream().flush();
              if (part.length() == 2) {
                lines.add(loop.runInExecutor(() -> lineWith("KEYUPDATE", reader)).await());
              }
            }
            lines.add(loop.runInExecutor(() -> lineWith(line, reader)).await());
          }
          client.getOutputStream().close();
          server.close();
          server.waitClosed();
          return lines;
        });
    assertThat(received)
        .containsExactly("zero", "KEYUPDATE", "one", "KEYUPDATE", "two", "KEYUPDATE", "three");
  }

  /** Reads up to one of our lines, or to the command that openssl reports as done. */
  private static String lineWith(String wanted, BufferedReader reader) throws IOException {
    String line = reader.readLine();
    while (line != null && !line.trim().equals(wanted)) {
      line = reader.readLine();
    }
    return line == null ? "the end, without " + wanted : line.trim();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void theServerOfOpensslIsUnderstood(String version) throws IOException {
    Process server =
        openssl(
            "s_server",
            "-accept",
            "127.0.0.1:0",
            version,
            "-rev",
            "-cert",
            serverCertificate(),
            "-key",
            serverKey());
    BufferedReader said = server.inputReader();
    String line = said.readLine();
    while (line != null && !line.startsWith("ACCEPT")) {
      line = said.readLine();
    }
    int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).trim());
    AtomicReference<String> reply = new AtomicReference<>("");
    try (EventLoop loop = new NioEventLoopProvider().open(LoopContext.defaults())) {
      Promise<Boolean> received = loop.createFuture();
      Boolean done =
          loop.runUntilComplete(
              loop.createTask(() -> {
                Protocol protocol =
                    data -> {
                      reply.updateAndGet(before -> before + StandardCharsets.US_ASCII.decode(data));
                      if (reply.get().endsWith("\n") && !received.isDone()) {
                        received.setResult(true);
                      }
                    };
                Transport transport =
                    loop.createConnection(
                            () -> protocol,
                            ConnectOptions.to("127.0.0.1", port).withTls(TlsLinks.trusting()))
                        .transport();
                transport.write("hello\n".getBytes(StandardCharsets.US_ASCII));
                boolean answered = received.await();
                transport.close();
                return answered;
              }));
      assertThat(done).isTrue();
    }
    assertThat(reply.get()).isEqualTo("olleh\n");
  }

  private String serverKey() throws IOException {
    return partOf("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "key.pem");
  }

  private String serverCertificate() throws IOException {
    return partOf("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----", "cert.pem");
  }

  /** The first key and the first certificate are the server's. */
  private String partOf(String begin, String end, String file) throws IOException {
    String all = Files.readString(key);
    int from = all.indexOf(begin);
    int to = all.indexOf(end, from) + end.length();
    Path part = directory.resolve(file);
    Files.writeString(part, all.substring(from, to) + "\n");
    return part.toString();
  }

  private Process openssl(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    return start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD));
  }

  private Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private boolean runs(String... arguments) throws InterruptedException {
    try {
      return openssl(arguments).waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
