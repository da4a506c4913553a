package org.asyncio4j.tck.soak;

import java.io.IOException;
import java.net.SocketAddress;
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
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tck.faults.FaultProxy;
import org.asyncio4j.tck.faults.Faults;
import org.asyncio4j.tck.probe.TlsLinks;

/**
 * Two loops, one with servers and one with clients, and relays with faults between some of them.
 */
final class Soak implements AutoCloseable {

  private static final ServerOptions PLACE = ServerOptions.on("127.0.0.1", 0).withBacklog(1024);
  private static final Duration FAITHFUL_LIMIT = Duration.ofMinutes(1);
  private static final Duration QUIET_LIMIT = Duration.ofSeconds(180);
  private static final long PAUSE_NANOS = 20_000_000;
  private static final int CANCEL_ONE_OF = 8;
  private static final int TLS_ONE_OF = 4;
  private static final int SESSIONS = 16;

  private final long seed;
  private final Duration hostileLimit;
  private final Tally tally = new Tally();
  private final List<FaultProxy> relays = new ArrayList<>();
  private final List<Site> sites = new ArrayList<>();
  private final SoakLoop servers;
  private final SoakLoop clients;

  /**
   * Opens loops, servers and relays.
   *
   * @param loop the name of the loops
   * @param seed decides on everything but the order of events
   * @param hostileLimit how long to wait for a peer whose words may have been swallowed
   */
  Soak(String loop, long seed, Duration hostileLimit) {
    this.seed = seed;
    this.hostileLimit = hostileLimit;
    this.servers = SoakLoop.start(loop, tally);
    this.clients = SoakLoop.start(loop, tally);
    List<Site> opened = servers.run(this::open);
    sites.addAll(opened);
  }

  Tally tally() {
    return tally;
  }

  /** Keeps the given number of connections open, for the given time. */
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
                // If all started at once, they would wait for each other's handshakes.
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
      Visit visit = new Visit(site, random.split(), hostileLimit.dividedBy(8), tally);
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
    List<Site> all = new ArrayList<>();
    for (boolean secured : new boolean[] {false, true}) {
      Optional<TlsOptions> trust = tls(secured, "client", "server", FAITHFUL_LIMIT);
      for (Server server : serve(secured, FAITHFUL_LIMIT)) {
        SocketAddress address = addressOf(server);
        all.add(Site.at(address, trust, false));
        all.add(Site.at(relay(address, Faults.transparent(seed)), trust, false));
      }
      // Where words may be swallowed, servers do not wait for long either.
      Optional<TlsOptions> hostileTrust = tls(secured, "client", "server", hostileLimit);
      for (Server server : serve(secured, hostileLimit)) {
        SocketAddress relay = relay(addressOf(server), Faults.destructive(seed));
        all.add(Site.at(relay, hostileTrust, true));
      }
    }
    return all;
  }

  private List<Server> serve(boolean secured, Duration limit) throws IOException {
    EchoServers echoes = new EchoServers(servers.loop(), limit, tally);
    ServerOptions options =
        tls(secured, "server", "client", limit).map(PLACE::withTls).orElse(PLACE);
    return List.of(echoes.ofProtocols(options), echoes.ofStreams(options));
  }

  private static SocketAddress addressOf(Server server) {
    return server.sockets().getFirst().localAddress();
  }

  private SocketAddress relay(SocketAddress target, Faults faults) throws IOException {
    FaultProxy relay = FaultProxy.to(target, faults::plan);
    relays.add(relay);
    return relay.address();
  }

  private static Optional<TlsOptions> tls(
      boolean secured, String own, String trusted, Duration limit) {
    if (!secured) {
      return Optional.empty();
    }
    SSLContext context = TlsLinks.context(own, trusted);
    // The JDK keeps thousands of sessions for a day, which would look like a leak.
    context.getClientSessionContext().setSessionCacheSize(SESSIONS);
    context.getServerSessionContext().setSessionCacheSize(SESSIONS);
    return Optional.of(TlsOptions.with(context).withHandshakeLimit(limit).withShutdownLimit(limit));
  }

  @Override
  public void close() {
    clients.close();
    relays.forEach(FaultProxy::close);
    servers.close();
  }
}
