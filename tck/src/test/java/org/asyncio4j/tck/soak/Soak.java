package org.asyncio4j.tck.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tck.faults.FaultProxy;
import org.asyncio4j.tck.faults.Faults;
import org.asyncio4j.tck.probe.TlsLinks;

/**
 * Two loops, one with servers and one with clients, and relays with faults between some of them.
 */
final class Soak implements AutoCloseable {

  private static final ServerOptions PLACE = ServerOptions.on("127.0.0.1", 0).withBacklog(1024);
  private static final Duration QUIET_LIMIT = Duration.ofSeconds(180);
  private static final long PAUSE_NANOS = 20_000_000;
  private static final int CANCEL_ONE_OF = 8;
  private static final int TLS_ONE_OF = 4;
  private static final int SESSIONS = 16;

  private final long seed;
  private final Duration idleLimit;
  private final Tally tally = new Tally();
  private final List<FaultProxy> relays = new ArrayList<>();
  private final List<Site> sites = new ArrayList<>();
  private final RunningLoop servers;
  private final RunningLoop clients;

  /**
   * Opens loops, servers and relays.
   *
   * @param loop the name of the loops
   * @param seed decides on everything but the order of events
   * @param idleLimit how long to wait for a peer whose words may have been swallowed
   */
  Soak(String loop, long seed, Duration idleLimit) {
    this.seed = seed;
    this.idleLimit = idleLimit;
    this.servers = RunningLoop.start(loop, tally);
    this.clients = RunningLoop.start(loop, tally);
    List<Site> opened = servers.run(this::open);
    sites.addAll(opened);
  }

  Tally tally() {
    return tally;
  }

  /** Has so many connections at a time, for so long. */
  void round(int number, int connections, Duration length) {
    SplittableRandom random = new SplittableRandom(seed + number);
    long end = System.nanoTime() + length.toNanos();
    EventLoop loop = clients.loop();
    Callable<Boolean> all =
        () -> {
          TaskGroup.run(group -> {
            for (int client = 0; client < connections; client++) {
              SplittableRandom own = random.split();
              group.createTask(() -> {
                // All at once they would wait for each other's handshakes.
                Asyncio.sleep(Duration.ofNanos(own.nextLong(length.toNanos() / 4)));
                return visit(loop, own, end);
              });
            }
          });
          return true;
        };
    boolean ignored = clients.run(all, length.plus(Visit.LIMIT).plus(QUIET_LIMIT));
  }

  private boolean visit(EventLoop loop, SplittableRandom random, long end) {
    while (System.nanoTime() - end < 0) {
      // The first half speaks plainly, the other half TLS, which costs most of the time.
      int half = sites.size() / 2;
      Site site = sites.get(random.nextInt(half) + (random.nextInt(TLS_ONE_OF) == 0 ? half : 0));
      Visit visit = new Visit(site, random.split(), idleLimit.dividedBy(8), tally);
      Task<Boolean> task =
          loop.createTask(() -> {
            visit.run(loop);
            return true;
          });
      if (random.nextInt(CANCEL_ONE_OF) == 0) {
        Duration moment = Duration.ofNanos(random.nextLong(1 << random.nextInt(28)));
        var ignored = loop.callLater(moment, () -> task.cancel());
      }
      try {
        boolean done = task.await();
      } catch (CancelledError cancelled) {
        // That is what was asked for.
      }
    }
    return true;
  }

  /** Waits until no connection is left, and counts what there is. */
  Census census(int expectedDescriptors) {
    long deadline = System.nanoTime() + QUIET_LIMIT.toNanos();
    while (System.nanoTime() - deadline < 0 && !isQuiet(expectedDescriptors)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return Census.take(servers.tasks() + clients.tasks());
  }

  private boolean isQuiet(int expectedDescriptors) {
    return servers.tasks() + clients.tasks() == 0
        && Census.countDescriptors() == expectedDescriptors
        && !Census.countThreads().containsKey("fault-line");
  }

  private List<Site> open() throws IOException {
    EchoServers echoes = new EchoServers(servers.loop(), idleLimit, tally);
    Faults[] faults = {Faults.transparent(seed), Faults.destructive(seed)};
    Optional<TlsOptions> trusting = Optional.of(impatient(TlsLinks.context("client", "server")));
    ServerOptions secured = PLACE.withTls(impatient(TlsLinks.context("server", "client")));
    List<Site> all = new ArrayList<>();
    for (Server plain : List.of(echoes.ofProtocols(PLACE), echoes.ofStreams(PLACE))) {
      all.addAll(Site.of(plain, Optional.empty(), faults, relays));
    }
    for (Server tls : List.of(echoes.ofProtocols(secured), echoes.ofStreams(secured))) {
      all.addAll(Site.of(tls, trusting, faults, relays));
    }
    return all;
  }

  private TlsOptions impatient(SSLContext context) {
    // The JDK keeps thousands of sessions for a day, which would look like a leak.
    context.getClientSessionContext().setSessionCacheSize(SESSIONS);
    context.getServerSessionContext().setSessionCacheSize(SESSIONS);
    return TlsOptions.with(context).withHandshakeLimit(idleLimit).withShutdownLimit(idleLimit);
  }

  @Override
  public void close() {
    clients.close();
    relays.forEach(FaultProxy::close);
    servers.close();
  }
}
