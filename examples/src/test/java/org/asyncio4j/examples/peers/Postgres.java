package org.asyncio4j.examples.peers;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real PostgreSQL on the loopback with an empty database, which accepts every user. It refuses to
 * run as root, so it runs as the user that its package has created.
 *
 * @param process the server
 * @param port where it listens
 * @param directory where it keeps its data, until it is closed
 */
public record Postgres(PeerProcess process, int port, Path directory) implements AutoCloseable {

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final String USER = "postgres";

  /**
   * Starts a server; without PostgreSQL the test is aborted, and the message names the package to
   * install.
   *
   * @return the server, ready
   */
  public static Postgres start() throws Exception {
    Path programs = programs();
    Path directory = Files.createTempDirectory("postgres");
    List<String> asUser = List.of();
    if (System.getProperty("user.name").equals("root")) {
      asUser =
          List.of(
              Installed.program("setpriv", "util-linux"),
              "--reuid=" + USER,
              "--regid=" + USER,
              "--clear-groups");
      Files.setOwner(
          directory,
          directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }
    String data = directory.toString();
    String ignored =
        ProcessOutput.of(
            command(
                asUser, programs.resolve("initdb"), "-D", data, "-U", USER, "-A", "trust", "-N"));
    List<String> prefix = asUser;
    return FreePort.start(port ->
        new Postgres(
            PeerProcess.start(
                    command(
                            prefix,
                            programs.resolve("postgres"),
                            "-D",
                            data,
                            "-h",
                            "127.0.0.1",
                            "-k",
                            "",
                            "-p",
                            Integer.toString(port),
                            "-F",
                            // Otherwise a query continues after its client has disconnected.
                            "-c",
                            "client_connection_check_interval=100ms")
                        .toArray(String[]::new))
                .awaitLine("database system is ready to accept connections"),
            port,
            directory));
  }

  /** {@return the address for JDBC} */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%2$s".formatted(port, USER);
  }

  private static Path programs() throws IOException {
    if (!Files.isDirectory(VERSIONS)) {
      abort("PostgreSQL is not installed; on Debian: apt-get install postgresql");
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .max(Comparator.naturalOrder())
          .orElseGet(
              () -> abort("PostgreSQL is not installed; on Debian: apt-get install postgresql"));
    }
  }

  private static List<String> command(List<String> prefix, Path program, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public void close() throws Exception {
    process.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
