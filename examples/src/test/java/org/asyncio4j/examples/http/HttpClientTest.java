package org.asyncio4j.examples.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.examples.Setup;
import org.asyncio4j.net.Server;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the client with a server that sends given responses, on each loop and engine. */
@ParameterizedClass
@MethodSource("setups")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HttpClientTest {

  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Parameter Setup setup;

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @Test
  void requestIsRepeatedWhenTheServerHasClosedAnIdleConnection() throws Exception {
    setup.run(() -> {
      try (Server server =
              Asyncio.startServer(
                  (reader, writer) -> {
                    reader.readUntil(HEAD_END);
                    writer.write(OK, ISO_8859_1);
                    // It has not announced that it would close.
                    reader.readUntil(HEAD_END);
                    writer.transport().abort();
                  },
                  "127.0.0.1",
                  0);
          HttpClient client = HttpClient.create()) {
        for (int i = 0; i < 5; i++) {
          assertThat(client.get(url(server)).text()).isEqualTo("ok");
        }
      }
    });
  }

  @Test
  void requestIsRepeatedWhenAnIdleConnectionWasReset() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      Thread serving = Thread.startVirtualThread(() -> answerTwiceAndReset(server));
      setup.run(() -> {
        try (HttpClient client = HttpClient.create()) {
          for (int i = 0; i < 2; i++) {
            assertThat(client.get(url(server.getLocalPort())).text()).isEqualTo("ok");
          }
        }
      });
      serving.join();
    }
  }

  private static void answerTwiceAndReset(ServerSocket server) {
    for (int i = 0; i < 2; i++) {
      try (Socket socket = server.accept();
          BufferedReader requests =
              new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
        skipHead(requests);
        socket.getOutputStream().write(OK.getBytes(ISO_8859_1));
        skipHead(requests);
        socket.setSoLinger(true, 0);
      } catch (IOException ended) {
        // The client was first.
      }
    }
  }

  private static void skipHead(BufferedReader requests) throws IOException {
    String line = requests.readLine();
    while (line != null && !line.isEmpty()) {
      line = requests.readLine();
    }
  }

  @Test
  void connectionIsKeptOnlyIfTheServerKeepsIt() throws Exception {
    setup.run(() -> {
      assertThat(connectionsForTwo("HTTP/1.1 200 OK\r\n")).isEqualTo(1);
      assertThat(connectionsForTwo("HTTP/1.1 200 OK\r\nConnection: x, Close\r\n")).isEqualTo(2);
      assertThat(connectionsForTwo("HTTP/1.0 200 OK\r\n")).isEqualTo(2);
      assertThat(connectionsForTwo("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n")).isEqualTo(1);
    });
  }

  /**
   * Sends two requests to a server that always sends the same response and never closes a
   * connection.
   */
  private static int connectionsForTwo(String head) throws Exception {
    int[] connections = {0};
    try (Server server =
            Asyncio.startServer(
                (reader, writer) -> {
                  connections[0]++;
                  while (true) {
                    reader.readUntil(HEAD_END);
                    writer.write(head + "Content-Length: 2\r\n\r\nok", ISO_8859_1);
                  }
                },
                "127.0.0.1",
                0);
        HttpClient client = HttpClient.create()) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.get(url(server)).text()).isEqualTo("ok");
      }
    }
    return connections[0];
  }

  @Test
  void firstRequestIsNotRepeated() throws Exception {
    setup.run(() -> {
      int[] connections = {0};
      try (Server server =
              Asyncio.startServer(
                  (reader, writer) -> {
                    connections[0]++;
                    reader.readUntil(HEAD_END);
                    writer.close();
                  },
                  "127.0.0.1",
                  0);
          HttpClient client = HttpClient.create()) {
        assertThatThrownBy(() -> client.get(url(server))).isInstanceOf(EOFException.class);
        assertThat(connections[0]).isEqualTo(1);
      }
    });
  }

  @Test
  void responsesOfAllFormsAreRead() throws Exception {
    List<String> answers =
        List.of(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK,
            "HTTP/1.0 200 OK\r\n\r\nok",
            "HTTP/1.1 200 \r\ncontent-length:2\t\r\nX:\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 9\r\n\r\n"
                + "1;a=b\r\no\r\n01\r\nk\r\n0\r\nTrailer: x\r\n\r\n");
    setup.run(() -> {
      for (String answer : answers) {
        assertThat(fetch(answer).text()).as(answer).isEqualTo("ok");
      }
    });
  }

  @Test
  void nonAsciiCharactersAreEscaped() throws Exception {
    setup.run(() -> {
      try (Server server =
              Asyncio.startServer(
                  (reader, writer) -> {
                    try (writer) {
                      String head = new String(reader.readUntil(HEAD_END), ISO_8859_1);
                      String first = head.lines().findFirst().orElseThrow();
                      writer.write("HTTP/1.1 200 OK\r\n\r\n" + first, ISO_8859_1);
                    }
                  },
                  "127.0.0.1",
                  0);
          HttpClient client = HttpClient.create()) {
        assertThat(client.get(url(server).resolve("/gr\u00fcn?\u00e4")).text())
            .isEqualTo("GET /gr%C3%BCn?%C3%A4 HTTP/1.1");
      }
    });
  }

  @Test
  void emptyResponsesHaveNoBody() throws Exception {
    setup.run(() -> {
      assertThat(fetch("HTTP/1.1 204 No Content\r\n\r\n").body()).isEmpty();
      assertThat(fetch("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n").body()).isEmpty();
      assertThat(fetch("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").body()).isEmpty();
    });
  }

  @Test
  void malformedResponsesAreRefused() throws Exception {
    List<String> answers =
        List.of(
            "220 mail.example.org ESMTP\r\n\r\n",
            "HTTP/2 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nno field\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nok\r\n0\r\n\r\n");
    setup.run(() -> {
      for (String answer : answers) {
        assertThatThrownBy(() -> fetch(answer))
            .as(answer)
            .isInstanceOf(ProtocolException.class)
            .hasMessageMatching("(?s)(cannot |.* must ).*");
      }
    });
  }

  @Test
  void connectionOfARequestThatFailsIsClosedAtOnce() throws Exception {
    setup.run(() -> {
      Promise<Boolean> ended = Asyncio.runningLoop().createFuture();
      try (Server server =
              Asyncio.startServer(
                  (reader, writer) -> {
                    try (writer) {
                      reader.readUntil(HEAD_END);
                      writer.write("HTTP/1.1 200 OK\r\nno field\r\n\r\n", ISO_8859_1);
                      reader.readAll();
                    } catch (IOException reset) {
                      // So the client closes a connection that it does not need.
                    } finally {
                      ended.setResult(true);
                    }
                  },
                  "127.0.0.1",
                  0);
          HttpClient client = HttpClient.create()) {
        assertThatThrownBy(() -> client.get(url(server))).isInstanceOf(ProtocolException.class);
        assertThat(ended.await()).as("while the client is open").isTrue();
      }
    });
  }

  @Test
  void truncatedResponseIsAnError() throws Exception {
    setup.run(() -> {
      for (String answer :
          List.of(
              "",
              "HTTP/1.1 200",
              "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok",
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n")) {
        assertThatThrownBy(() -> fetch(answer)).as(answer).isInstanceOf(EOFException.class);
      }
    });
  }

  @Test
  void closedClientFinishesRunningRequestsAndTakesNoMore() throws Exception {
    setup.run(() -> {
      Promise<Boolean> asked = Asyncio.runningLoop().createFuture();
      Promise<Boolean> mayAnswer = Asyncio.runningLoop().createFuture();
      try (Server server =
          Asyncio.startServer(
              (reader, writer) -> {
                try (writer) {
                  reader.readUntil(HEAD_END);
                  asked.setResult(true);
                  mayAnswer.await();
                  writer.write(OK, ISO_8859_1);
                  reader.readAll(); // ends as soon as the client closes
                }
              },
              "127.0.0.1",
              0)) {
        HttpClient client = HttpClient.create();
        Task<HttpResponse> running = Asyncio.createTask(() -> client.get(url(server)));
        asked.await();
        client.close();
        mayAnswer.setResult(true);

        assertThat(running.await().text()).isEqualTo("ok");
        assertThatThrownBy(() -> client.get(url(server)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("the client is closed");
        server.close();
        server.waitClosed();
      }
    });
  }

  private static HttpResponse fetch(String answer) throws Exception {
    try (Server server =
            Asyncio.startServer(
                (reader, writer) -> answer(reader, writer, answer), "127.0.0.1", 0);
        HttpClient client = HttpClient.create()) {
      return client.get(url(server));
    }
  }

  private static void answer(StreamReader reader, StreamWriter writer, String answer)
      throws IOException {
    reader.readUntil(HEAD_END);
    writer.write(answer, ISO_8859_1);
    writer.close();
  }

  private static URI url(Server server) {
    return url(server.port());
  }

  private static URI url(int port) {
    return URI.create("http://127.0.0.1:%d/".formatted(port));
  }
}
