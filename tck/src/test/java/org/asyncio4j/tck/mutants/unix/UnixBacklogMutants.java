package org.asyncio4j.tck.mutants.unix;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.asyncio4j.net.Server;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;
import org.asyncio4j.tck.mutants.servers.LaterServers;

/** Chapter 19: files of sockets that become servers, and servers that start later. */
public final class UnixBacklogMutants extends Defects {

  public UnixBacklogMutants() {
    cleanup();
    paths();
    later();
    idle();
  }

  private void cleanup() {
    defect("19.40", "leaves the file of a socket")
        .also("19.45")
        .loop(loop -> cleanUp(loop, _ -> false));

    defect("19.40", "leaves the file of the second socket")
        .also("19.45")
        .loop(loop -> {
          Turn first = Turn.first();
          cleanUp(loop, asked -> first.getAsBoolean() && asked);
        });

    defect("19.41", "deletes the file of a socket always").loop(loop -> cleanUp(loop, _ -> true));

    defect("19.41", "deletes the file of the second socket")
        .loop(loop -> {
          Turn later = Turn.fromSecond();
          cleanUp(loop, asked -> later.getAsBoolean() || asked);
        });
  }

  private static void cleanUp(MutantLoop loop, Predicate<Boolean> cleanup) {
    loop.withOptions(
        loop.createSocketServer, it -> it.withCleanupSocket(cleanup.test(it.cleanupSocket())));
  }

  private void paths() {
    defect("19.42", "deletes whatever is there").loop(loop -> deleteByPath(loop, _ -> true));

    defect("19.42", "deletes any socket there")
        .loop(loop -> deleteByPath(loop, it -> !Files.isRegularFile(it) && !Files.isDirectory(it)));
  }

  private static void deleteByPath(MutantLoop loop, Predicate<Path> isDeleted) {
    loop.createSocketServer.around((correct, wanted) -> {
      Server real = correct.call(wanted);
      if (!isUnix(real) || !wanted.options().cleanupSocket()) {
        return real;
      }
      Path path = pathOf(real);
      return MutantLoop.served(
          real, it -> it.close.after(() -> isDeleted.test(path), () -> Paths.delete(path)));
    });
  }

  private void later() {
    defect("19.43", "refuses Unix clients that come early")
        .also("19.44")
        .loop(LaterServers::listenLater);

    defect("19.43", "loses the second Unix client that waits").loop(LaterServers::loseTheSecond);

    defect("19.44", "keeps Unix sockets that were not served").loop(LaterServers::stayOpen);

    defect("19.44", "accepts Unix clients at the end").loop(LaterServers::startToClose);
  }

  private void idle() {
    defect("19.45", "leaves the file of an idle socket")
        .loop(loop -> closeIdle(loop, (server, _) -> server.close()));

    defect("19.45", "leaves the file of the second idle socket")
        .loop(loop -> {
          AtomicInteger servers = new AtomicInteger();
          loop.createSocketServer.before(servers::incrementAndGet);
          closeIdle(
              loop,
              (server, path) -> {
                server.close();
                if (servers.get() == 1) {
                  Paths.delete(path);
                }
              });
        });

    defect("19.45", "keeps clients that wait for an idle socket")
        .loop(loop -> closeIdle(loop, (_, path) -> Paths.delete(path)));
  }

  /** How a server is closed that was not started. */
  private interface Closing {
    void close(Server server, Path path);
  }

  private static void closeIdle(MutantLoop loop, Closing closing) {
    loop.createSocketServer.around((correct, wanted) -> {
      boolean started = wanted.options().startServing();
      Server real =
          correct.call(started ? wanted : wanted.changed(it -> it.withCleanupSocket(false)));
      if (started || !isUnix(real)) {
        return real;
      }
      Path path = pathOf(real);
      return MutantLoop.served(real, it -> it.close.instead((_, _) -> closing.close(real, path)));
    });
  }

  private static boolean isUnix(Server server) {
    return server.sockets().getFirst().localAddress() instanceof UnixDomainSocketAddress;
  }

  private static Path pathOf(Server server) {
    return Paths.of(server.sockets().getFirst().localAddress()).orElseThrow();
  }
}
