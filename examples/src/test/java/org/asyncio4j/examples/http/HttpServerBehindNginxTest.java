package org.asyncio4j.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.asyncio4j.examples.ForkedProgram;
import org.asyncio4j.examples.Setup;
import org.asyncio4j.examples.peers.Installed;
import org.asyncio4j.examples.peers.Nginx;
import org.asyncio4j.examples.peers.ProcessOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Makes curl query nginx, and nginx query the example server, on each loop and engine. */
@ParameterizedClass
@MethodSource("setups")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HttpServerBehindNginxTest {

  private static final int MANY = 200;

  @Parameter Setup setup;

  // The setup of the thread that runs the tests.
  private static ForkedProgram server;
  private static Nginx nginx;

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @BeforeParameterizedClassInvocation
  static void start(Setup setup, @TempDir Path directory) throws Exception {
    server = ForkedProgram.onClassPath(setup, "HttpServer", "0");
    String backend = "127.0.0.1:" + server.awaitLine("serving on port ");
    nginx = Nginx.start(directory, (port, tlsPort) -> servers(port, backend));
  }

  @AfterParameterizedClassInvocation
  static void stop() throws Exception {
    if (nginx != null) {
      nginx.close();
    }
    server.close();
  }

  private static String servers(int port, String backend) {
    return """
    upstream kept { server %2$s; keepalive 4; }
    server {
      listen 127.0.0.1:%1$d;
      add_header X-Upstream $upstream_addr always;
      location /kept/ {
        proxy_pass http://kept/;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
      }
      location /closed/ { proxy_pass http://%2$s/; }
    }
    """
        .formatted(port, backend);
  }

  @Test
  void pagesComeThroughWhetherConnectionsAreKeptOrNot() throws Exception {
    for (String way : List.of("/kept/", "/closed/")) {
      String printed =
          curl("-w", "%{http_code} %{num_connects}\n", url(way), url(way + "nothing"), url(way));

      assertThat(printed)
          .isEqualTo("Hello, world!\n200 1\n404 Not Found\n404 0\nHello, world!\n200 0\n");
    }
  }

  @Test
  void bodiesOfRequestsComeThrough(@TempDir Path directory) throws Exception {
    Path body = Files.write(directory.resolve("body"), new byte[1_000_000]);
    for (String way : List.of("/kept/", "/closed/")) {
      String printed =
          curl("-w", "%{http_code}\n", "-H", "Expect:", "--data-binary", "@" + body, url(way));

      assertThat(printed).isEqualTo("Hello, world!\n200\n");
    }
  }

  @Test
  void manyRequestsAtTheSameTimeAreServed() throws Exception {
    for (String way : List.of("/kept/", "/closed/")) {
      String printed = curl("--parallel", "--no-progress-meter", url(way + "?[1-" + MANY + "]"));

      assertThat(printed).isEqualTo("Hello, world!\n".repeat(MANY));
    }
  }

  private static String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(nginx.port(), path);
  }

  private static String curl(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Installed.program("curl", "curl"), "-sS", "--fail-early"));
    command.addAll(List.of(arguments));
    return ProcessOutput.of(command);
  }
}
