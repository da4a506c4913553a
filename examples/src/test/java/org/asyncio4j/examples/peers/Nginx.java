package org.asyncio4j.examples.peers;

import java.nio.file.Files;
import java.nio.file.Path;

/** A real nginx on the loopback, with one worker. */
public record Nginx(PeerProcess process, int port, int tlsPort) implements AutoCloseable {

  private static final String CONFIGURATION =
      """
      %1$s
      daemon off;
      worker_processes 1;
      pid %2$s/nginx.pid;
      error_log stderr notice;
      events { worker_connections 1024; }
      http {
        access_log off;
        client_body_temp_path %2$s/body;
        proxy_temp_path %2$s/proxy;
        fastcgi_temp_path %2$s/fastcgi;
        uwsgi_temp_path %2$s/uwsgi;
        scgi_temp_path %2$s/scgi;
        keepalive_requests 100000;
        %3$s
      }
      """;

  /** The server blocks, given their ports. */
  @FunctionalInterface
  public interface Servers {

    /** {@return the content of the http block} */
    String on(int port, int tlsPort);
  }

  /**
   * Starts nginx.
   *
   * @param directory an empty directory for its files
   * @param servers what it serves
   * @return nginx, serving
   */
  public static Nginx start(Path directory, Servers servers) throws Exception {
    String program = Installed.program("nginx", "nginx-light");
    // If nginx is started by root, its workers run as a user that may not read the directory.
    String user = System.getProperty("user.name").equals("root") ? "user root root;" : "";
    return FreePort.start(port -> {
      int tlsPort = FreePort.find();
      Path configuration = directory.resolve("nginx.conf");
      Files.writeString(
          configuration, CONFIGURATION.formatted(user, directory, servers.on(port, tlsPort)));
      PeerProcess process =
          PeerProcess.start(
                  program,
                  "-e",
                  "stderr",
                  "-p",
                  directory.toString(),
                  "-c",
                  configuration.toString())
              .awaitLine("start worker process ");
      return new Nginx(process, port, tlsPort);
    });
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
