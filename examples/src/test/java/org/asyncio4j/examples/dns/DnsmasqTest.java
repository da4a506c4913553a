package org.asyncio4j.examples.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;
import org.asyncio4j.examples.Setup;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.NameResolution;
import org.asyncio4j.stream.StreamConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the client with a real dnsmasq, on each loop and engine. */
@ParameterizedClass
@MethodSource("setups")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DnsmasqTest {

  private static final int MANY = 100;

  @TempDir private static Path directory;
  private static Dnsmasq dnsmasq;

  @Parameter Setup setup;

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @BeforeAll
  static void start() throws Exception {
    List<String> hosts = new ArrayList<>(List.of("127.0.0.2 both.test", "::2 both.test"));
    for (int i = 1; i <= MANY; i++) {
      hosts.add("127.0.1.%d many.test".formatted(i));
      hosts.add("127.0.2.%d host%1$d.test".formatted(i));
    }
    dnsmasq =
        Dnsmasq.start(
            directory,
            hosts,
            "--address=/name.test/127.0.0.1",
            "--cname=alias.test,both.test",
            "--local=/test/");
  }

  @AfterAll
  static void stop() throws Exception {
    if (dnsmasq != null) {
      dnsmasq.close();
    }
  }

  @Test
  void addressesOfBothFamiliesAreFound() throws Exception {
    setup.run(() -> {
      assertThat(client().lookUp("name.test")).containsExactly(address("127.0.0.1"));
      assertThat(client().lookUp("Both.Test."))
          .containsExactly(address("::2"), address("127.0.0.2"));
      assertThat(client().lookUp("alias.test"))
          .containsExactly(address("::2"), address("127.0.0.2"));
    });
  }

  @Test
  void longAnswerComesByTcp() throws Exception {
    setup.run(() ->
        assertThat(client().lookUp("many.test"))
            .containsExactlyInAnyOrderElementsOf(
                IntStream.rangeClosed(1, MANY).mapToObj(i -> address("127.0.1." + i)).toList()));
  }

  @Test
  void manyAreFoundAtTheSameTime() throws Exception {
    setup.run(() -> {
      List<Task<List<InetAddress>>> tasks =
          IntStream.rangeClosed(1, MANY)
              .mapToObj(i -> Asyncio.createTask(() -> client().lookUp("host%d.test".formatted(i))))
              .toList();

      assertThat(Asyncio.gather(tasks).await())
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, MANY)
                  .mapToObj(i -> List.of(address("127.0.2." + i)))
                  .toList());
    });
  }

  @Test
  void hostThatDoesNotExistIsNamed() throws Exception {
    setup.run(() ->
        assertThatThrownBy(() -> client().lookUp("unknown.test"))
            .isInstanceOf(UnknownHostException.class)
            .hasMessageContaining("'unknown.test'")
            .hasMessageContaining("127.0.0.1:" + dnsmasq.port())
            .hasMessageContaining("NXDOMAIN"));
  }

  @Test
  void serverThatRefusesIsNamed() throws Exception {
    setup.run(() ->
        assertThatThrownBy(() -> client().lookUp("example.org"))
            .isInstanceOf(IOException.class)
            .isNotInstanceOf(UnknownHostException.class)
            .hasMessageContaining("'example.org'")
            .hasMessageContaining("127.0.0.1:" + dnsmasq.port())
            .hasMessageContaining("REFUSED"));
  }

  @Test
  void loopConnectsToHostsKnownOnlyToThisServer() throws Exception {
    setup.run(() -> {
      try (Server server =
          Asyncio.startServer(
              (reader, writer) -> {
                try (writer) {
                  writer.write("found\n", US_ASCII);
                }
              },
              "127.0.0.1",
              0)) {
        DnsResolver resolver = new DnsResolver(client(), Asyncio.runningLoop());
        NameResolution naming = NameResolution.defaults().withResolver(resolver);
        ConnectOptions known =
            ConnectOptions.to("name.test", server.port()).withNameResolution(naming);
        ConnectOptions unknown =
            ConnectOptions.to("unknown.test", server.port()).withNameResolution(naming);

        try (StreamConnection connection = Asyncio.openConnection(known)) {
          assertThat(connection.reader().readTextLine(US_ASCII)).contains("found");
        }
        assertThatThrownBy(() -> Asyncio.openConnection(unknown))
            .isInstanceOf(UnknownHostException.class)
            .hasStackTraceContaining("127.0.0.1:" + dnsmasq.port())
            .hasStackTraceContaining("NXDOMAIN");
      }
    });
  }

  @Test
  void programPrintsEachHost() throws Exception {
    String port = Integer.toString(dnsmasq.port());

    assertThat(
            setup
                .outputOf(() ->
                    DnsLookup.main(new String[] {"127.0.0.1", port, "both.test", "unknown.test"}))
                .lines())
        .containsExactly(
            "both.test: 0:0:0:0:0:0:0:2 127.0.0.2",
            "unknown.test: unknown host 'unknown.test': DNS server 127.0.0.1:%s reports NXDOMAIN"
                .formatted(port));
  }

  private static DnsClient client() {
    return DnsClient.of("127.0.0.1", dnsmasq.port());
  }

  private static InetAddress address(String literal) {
    return InetAddresses.forString(literal);
  }
}
