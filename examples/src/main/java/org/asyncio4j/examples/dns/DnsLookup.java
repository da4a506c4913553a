package org.asyncio4j.examples.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;

/** Resolves several hosts with a server, all at the same time. */
final class DnsLookup {

  private DnsLookup() {}

  static void main(String[] args) throws IOException {
    DnsClient client = DnsClient.of(args[0], Integer.parseInt(args[1]));
    List<String> hosts = Arrays.asList(args).subList(2, args.length);
    Asyncio.run(() -> {
      List<Task<String>> lines =
          hosts.stream().map(host -> Asyncio.createTask(() -> line(client, host))).toList();
      for (Task<String> line : lines) {
        IO.println(line.await());
      }
    });
  }

  private static String line(DnsClient client, String host) {
    try {
      return client.lookUp(host).stream()
          .map(InetAddress::getHostAddress)
          .collect(Collectors.joining(" ", host + ": ", ""));
    } catch (IOException failed) {
      return "%s: %s".formatted(host, failed.getMessage());
    }
  }
}
