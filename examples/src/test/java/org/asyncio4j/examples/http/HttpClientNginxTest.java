package org.asyncio4j.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;
import org.asyncio4j.examples.Setup;
import org.asyncio4j.examples.peers.Authority;
import org.asyncio4j.examples.peers.Nginx;
import org.asyncio4j.net.options.NameResolution;
import org.asyncio4j.net.tls.TlsOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the client with a real nginx, on each loop and engine. */
@ParameterizedClass
@MethodSource("setups")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HttpClientNginxTest {

  private static final String HOST = "nginx.test";
  private static final int MANY = 200;
  private static final byte[] LARGE = new byte[10 * 1024 * 1024];

  @TempDir private static Path directory;
  private static Authority authority;
  private static TlsOptions trusting;
  private static Nginx nginx;

  @Parameter Setup setup;

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @BeforeAll
  static void start() throws Exception {
    RandomGenerator.of("L64X128MixRandom").nextBytes(LARGE);
    Path www = Files.createDirectories(directory.resolve("www"));
    for (String part : List.of("", "closing", "chunked")) {
      Path files = Files.createDirectories(www.resolve(part));
      Files.writeString(files.resolve("small.txt"), "hello from nginx\n");
      Files.write(files.resolve("large.bin"), LARGE);
    }
    authority = new Authority(directory.resolve("trusted"));
    authority.issue(HOST);
    trusting = authority.trusting();
    nginx = Nginx.start(directory, HttpClientNginxTest::servers);
  }

  @AfterAll
  static void stop() throws Exception {
    if (nginx != null) {
      nginx.close();
    }
  }

  private static String servers(int port, int tlsPort) {
    return """
    server {
      listen 127.0.0.1:%d;
      listen 127.0.0.1:%d ssl;
      ssl_certificate %s;
      ssl_certificate_key %s;
      root %s/www;
      add_header X-Connection $connection always;
      location /closing/ { keepalive_timeout 0; }
      location /chunked/ { ssi on; ssi_types *; }
    }
    """
        .formatted(
            port, tlsPort, authority.file(HOST, "pem"), authority.file(HOST, "key"), directory);
  }

  @Test
  void connectionIsKeptForTheNextRequest() throws Exception {
    with(client -> {
      HttpResponse first = client.get(plain("/small.txt"));
      HttpResponse missing = client.get(plain("/nothing?here"));
      HttpResponse head = client.head(plain("/small.txt"));
      HttpResponse last = client.get(plain("/small.txt"));

      assertThat(first.status()).isEqualTo(200);
      assertThat(first.text()).isEqualTo("hello from nginx\n");
      assertThat(missing.status()).isEqualTo(404);
      assertThat(missing.text()).contains("404 Not Found");
      assertThat(head.field("content-length")).hasValue("17");
      assertThat(head.body()).isEmpty();
      assertThat(last.text()).isEqualTo("hello from nginx\n");
      assertThat(Stream.of(first, missing, head, last).map(HttpClientNginxTest::connection))
          .containsOnly(connection(first));
    });
  }

  @Test
  void serverThatClosesGetsAnotherConnection() throws Exception {
    with(client -> {
      HttpResponse first = client.get(plain("/closing/small.txt"));
      HttpResponse second = client.get(plain("/closing/small.txt"));

      assertThat(first.field("Connection")).hasValue("close");
      assertThat(first.text()).isEqualTo("hello from nginx\n");
      assertThat(second.text()).isEqualTo("hello from nginx\n");
      assertThat(connection(second)).isNotEqualTo(connection(first));
    });
  }

  @Test
  void largeFileComesExactly() throws Exception {
    with(client -> {
      HttpResponse counted = client.get(plain("/large.bin"));
      assertThat(counted.field("Content-Length")).hasValue(Integer.toString(LARGE.length));
      assertThat(counted.body()).isEqualTo(LARGE);
    });
  }

  @Test
  void chunksAreJoined() throws Exception {
    with(client -> {
      HttpResponse large = client.get(plain("/chunked/large.bin"));
      HttpResponse small = client.get(plain("/chunked/small.txt"));

      assertThat(large.field("Transfer-Encoding")).hasValue("chunked");
      assertThat(large.body()).isEqualTo(LARGE);
      assertThat(small.field("Transfer-Encoding")).hasValue("chunked");
      assertThat(small.text()).isEqualTo("hello from nginx\n");
      assertThat(connection(small)).isEqualTo(connection(large));
    });
  }

  @Test
  void pagesComeByTlsFromATrustedServer() throws Exception {
    with(client -> {
      HttpResponse small = client.get(secure(HOST, "/small.txt"));
      HttpResponse large = client.get(secure(HOST, "/large.bin"));
      HttpResponse chunked = client.get(secure(HOST, "/chunked/large.bin"));

      assertThat(small.text()).isEqualTo("hello from nginx\n");
      assertThat(large.body()).isEqualTo(LARGE);
      assertThat(chunked.body()).isEqualTo(LARGE);
      assertThat(connection(chunked)).isEqualTo(connection(small));
    });
  }

  @Test
  void certificateForAnotherNameIsRefused() throws Exception {
    with(client ->
        assertThatThrownBy(() -> client.get(secure("127.0.0.1", "/small.txt")))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("https://127.0.0.1:" + nginx.tlsPort())
            .hasMessageContaining("127.0.0.1 found")
            .hasCauseInstanceOf(SSLException.class));
  }

  @Test
  void unknownAuthorityIsRefused() throws Exception {
    setup.run(() -> {
      resolveHere();
      try (HttpClient stranger = HttpClient.create()) {
        assertThatThrownBy(() -> stranger.get(secure(HOST, "/small.txt")))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("https://%s:".formatted(HOST) + nginx.tlsPort())
            .hasMessageContaining("PKIX path building failed")
            .hasCauseInstanceOf(SSLException.class);
      }
    });
  }

  @Test
  void twoHundredTasksFetchAtTheSameTime() throws Exception {
    with(client -> {
      List<Task<HttpResponse>> tasks =
          IntStream.range(0, MANY)
              .mapToObj(i ->
                  i % 2 == 0 ? plain("/small.txt?" + i) : secure(HOST, "/chunked/small.txt?" + i))
              .map(url -> Asyncio.createTask(() -> client.get(url)))
              .toList();
      List<HttpResponse> answers = Asyncio.gather(tasks).await();

      assertThat(answers)
          .hasSize(MANY)
          .allSatisfy(answer -> assertThat(answer.text()).isEqualTo("hello from nginx\n"));
      assertThat(answers.stream().map(HttpClientNginxTest::connection).distinct())
          .hasSizeBetween(2, 40);
    });
  }

  @Test
  void requestsThatAreCancelledLeaveNothingBehind() throws Exception {
    setup.run(() -> {
      try (HttpClient client = new HttpClient(trusting, 1, LARGE.length)) {
        for (int ticks = 0; ticks < 12; ticks++) {
          assertThat(client.get(plain("/nothing")).status()).isEqualTo(404);
          Task<HttpResponse> task = Asyncio.createTask(() -> client.get(plain("/large.bin")));
          for (int i = 0; i < ticks; i++) {
            Asyncio.sleep(Duration.ZERO);
          }
          task.cancel();
          Asyncio.waitAll(List.of(task));
        }

        // The only place is free again, and the response belongs to this request.
        assertThat(client.get(plain("/small.txt")).text()).isEqualTo("hello from nginx\n");
      }
    });
  }

  @Test
  void bodyThatIsTooLongIsRefused() throws Exception {
    setup.run(() -> {
      try (HttpClient client = new HttpClient(trusting, 1, LARGE.length - 1)) {
        for (String path : List.of("/large.bin", "/chunked/large.bin")) {
          assertThatThrownBy(() -> client.get(plain(path)))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("at most %d bytes", LARGE.length - 1);
        }
        assertThat(client.get(plain("/small.txt")).status()).isEqualTo(200);
      }
    });
  }

  @Test
  void programPrintsEveryPage() throws Exception {
    String small = plain("/small.txt").toString();
    String large = plain("/chunked/large.bin").toString();

    assertThat(setup.outputOf(() -> HttpFetch.main(new String[] {large, small})).lines())
        .containsExactly(large + ": 200, 10485760 bytes", small + ": 200, 17 bytes");
  }

  private static URI plain(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(nginx.port(), path));
  }

  private static URI secure(String host, String path) {
    return URI.create("https://%s:%d%s".formatted(host, nginx.tlsPort(), path));
  }

  private static String connection(HttpResponse response) {
    return response.field("X-Connection").orElseThrow();
  }

  /** Resolves every name to nginx: the names of the system may have addresses of other servers. */
  private static void resolveHere() {
    Asyncio.runningLoop()
        .setNameResolution(
            NameResolution.defaults()
                .withResolver(host -> List.of(InetAddresses.forString("127.0.0.1"))));
  }

  private void with(Talk talk) throws Exception {
    setup.run(() -> {
      resolveHere();
      try (HttpClient client = HttpClient.trusting(trusting)) {
        talk.with(client);
      }
    });
  }

  private interface Talk {
    void with(HttpClient client) throws Exception;
  }
}
