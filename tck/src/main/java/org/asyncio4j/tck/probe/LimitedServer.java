package org.asyncio4j.tck.probe;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.asyncio4j.net.Server;

/** A server with a limit of two connections, and its clients. */
public final class LimitedServer {

  public static final int LIMIT = 2;

  private static final int CLIENTS = 5;

  private final LoopFixture fixture;
  private final Guests guests = new Guests();

  public LimitedServer(LoopFixture fixture) {
    this.fixture = fixture;
  }

  public Guests guests() {
    return guests;
  }

  /**
   * Connects more clients than are allowed before the loop accepts, and ends their connections one
   * after the other.
   *
   * @param making makes a server of {@link #guests}, in a task
   * @param connecting makes a client connect
   */
  public void expectLimit(Callable<Server> making, Connecting connecting) throws IOException {
    BackgroundLoop preparing = fixture.start();
    Server server = preparing.run(making);
    Client client = preparing.call(() -> connecting.to(server));
    preparing.close();
    int before = guests.served();
    for (int clients = 0; clients < CLIENTS; clients++) {
      client.connect();
    }

    BackgroundLoop running = fixture.start();

    untilServed(before + LIMIT);
    fixture
        .patience()
        .during("clients must wait for a place", () -> guests.served() == before + LIMIT);
    for (int ended = 1; ended <= CLIENTS; ended++) {
      ProbeProtocol next = guests.next();
      running.perform(() -> next.transport().close());
      fixture.patience().await("a connection that is closed must be lost", next.lost());
      untilServed(before + Math.min(LIMIT + ended, CLIENTS));
    }
    Expect.equal("the most connections at a time", LIMIT, guests.most());
    running.perform(server::close);
    running.close();
  }

  private void untilServed(int count) {
    guests.untilServed(count, fixture.patience());
  }

  /** Inspects a server, on the loop's thread, and returns how to connect to it. */
  @FunctionalInterface
  public interface Connecting {
    Client to(Server server);
  }

  /** Connects, on any thread. */
  @FunctionalInterface
  public interface Client {
    void connect() throws IOException;
  }
}
