package org.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.asyncio4j.examples.peers.Installed;
import org.asyncio4j.examples.peers.ProcessOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the HTTP server with clients of other projects, on each loop and engine. */
@ParameterizedClass
@MethodSource("setups")
final class HttpServerTest {

  @Parameter Setup setup;

  // The setup of the thread that runs the tests.
  private static ForkedProgram server;
  private static int port;

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @BeforeParameterizedClassInvocation
  static void start(Setup setup) throws Exception {
    server = ForkedProgram.onClassPath(setup, "HttpServer", "0");
    port = Integer.parseInt(server.awaitLine("serving on port "));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @Test
  void curlKeepsItsConnection() throws Exception {
    String printed =
        run(
            "curl",
            "-sS",
            "-w",
            "%{http_code} %{num_connects}\n",
            url("/"),
            url("/nothing"),
            url("/?q"));

    assertThat(printed)
        .isEqualTo("Hello, world!\n200 1\n404 Not Found\n404 0\nHello, world!\n200 0\n");
  }

  @Test
  void bodiesAreSkipped() throws Exception {
    String printed =
        run(
            "curl",
            "-sS",
            "-w",
            "%{http_code} %{num_connects}\n",
            "-d",
            "x=1",
            url("/"),
            "--next",
            "-sS",
            "-I",
            "-o",
            devNull(),
            "-w",
            "%{http_code} %{num_connects} %header{content-length}\n",
            url("/"));

    assertThat(printed).isEqualTo("Hello, world!\n200 1\n200 0 14\n");
  }

  @Test
  void bodyThatIsTooLongIsRefused() throws Exception {
    Path body = Files.createTempFile("body", ".bin");
    try {
      Files.write(body, new byte[2 * 1024 * 1024]);

      String printed =
          run(
              "curl",
              "-sS",
              "-H",
              "Expect:",
              "-w",
              "%{http_code}\n",
              "--data-binary",
              "@" + body,
              url("/"));

      assertThat(printed).isEqualTo("413 Content Too Large\n413\n");
    } finally {
      Files.delete(body);
    }
  }

  @Test
  void pipelinedRequestsAreServedInOrder() throws Exception {
    String answers =
        exchange(
            """
            GET / HTTP/1.1\r
            Host: a\r
            \r
            POST /b HTTP/1.1\r
            Host: a\r
            Content-Length: 3\r
            \r
            abcHEAD / HTTP/1.1\r
            Host: a\r
            Connection: close\r
            \r
            """);

    assertThat(answers.lines().filter(line -> line.startsWith("HTTP/")))
        .containsExactly("HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found", "HTTP/1.1 200 OK");
    assertThat(answers).endsWith("Connection: close\r\n\r\n");
  }

  @Test
  void malformedRequestsAreRefused() throws Exception {
    assertThat(exchange("good evening\r\n\r\n")).startsWith("HTTP/1.1 400 Bad Request\r\n");
    assertThat(exchange("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 Bad Request\r\n");
    assertThat(exchange("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"))
        .startsWith("HTTP/1.1 400 Bad Request\r\n");
    assertThat(exchange("GET /" + "a".repeat(17_000))).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void manyClientsAreServed() throws Exception {
    String printed = run("wrk", "-t", "1", "-c", "16", "-d", "2s", url("/"));

    assertThat(printed)
        .containsPattern("[1-9]\\d* requests in ")
        .doesNotContain("Socket errors")
        .doesNotContain("Non-2xx");
  }

  private String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private String exchange(String requests) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    List<String> installed = new ArrayList<>(List.of(command));
    installed.set(0, Installed.program(command[0], command[0]));
    return ProcessOutput.of(installed);
  }

  private static String devNull() {
    return File.separatorChar == '/' ? "/dev/null" : "NUL";
  }
}
