package org.asyncio4j.examples.dns;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.examples.peers.FreePort;
import org.asyncio4j.examples.peers.Installed;
import org.asyncio4j.examples.peers.PeerProcess;

/**
 * A real dnsmasq on the loopback, which knows only its configured names and asks no other server.
 */
record Dnsmasq(PeerProcess process, int port) implements AutoCloseable {

  /**
   * Starts dnsmasq.
   *
   * @param directory an empty directory for its files
   * @param hosts lines of addresses and names
   * @param options further options
   */
  static Dnsmasq start(Path directory, List<String> hosts, String... options) throws Exception {
    String program = Installed.program("dnsmasq", "dnsmasq-base");
    Path known = Files.write(directory.resolve("hosts"), hosts);
    Path nothing = Files.createFile(directory.resolve("dnsmasq.conf"));
    return FreePort.start(port -> {
      List<String> command =
          new ArrayList<>(
              List.of(
                  program,
                  "--keep-in-foreground",
                  "--log-facility=-",
                  "--conf-file=" + nothing,
                  "--pid-file=" + directory.resolve("dnsmasq.pid"),
                  "--user=" + System.getProperty("user.name"),
                  "--no-resolv",
                  "--no-hosts",
                  "--addn-hosts=" + known,
                  "--listen-address=127.0.0.1",
                  "--bind-interfaces",
                  "--port=" + port));
      command.addAll(List.of(options));
      return new Dnsmasq(
          PeerProcess.start(command.toArray(String[]::new)).awaitLine("read " + known), port);
    });
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
