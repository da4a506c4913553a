package org.asyncio4j.examples.http;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.sync.AsyncSemaphore;
import org.asyncio4j.sync.Hold;
import org.jspecify.annotations.Nullable;

/**
 * A client of HTTP, for all tasks of a loop.
 *
 * <pre>{@code
 * try (HttpClient client = HttpClient.create()) {
 *   System.out.println(client.get(URI.create("https://example.org/")).text());
 * }
 * }</pre>
 *
 * <p>A server gets so many connections at a time; further requests wait for their turn. Time limits
 * are up to the caller, by {@code Asyncio.timeout}: a request that is cancelled costs its
 * connection and nothing else.
 */
final class HttpClient implements AutoCloseable {

  private static final int CONNECTIONS_PER_ORIGIN = 20;
  private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

  private final TlsOptions tls;
  private final int connectionsPerOrigin;
  private final int maxBodyBytes;
  private final Map<Origin, Pool> pools = new HashMap<>();
  private boolean closed;

  /** The connections to one server. */
  private record Pool(AsyncSemaphore places, Deque<HttpConnection> idle) {}

  /**
   * Creates a client without a connection.
   *
   * @param tls whom to trust
   * @param connectionsPerOrigin how many connections a server gets at most
   * @param maxBodyBytes how long a body may be
   */
  HttpClient(TlsOptions tls, int connectionsPerOrigin, int maxBodyBytes) {
    this.tls = tls;
    this.connectionsPerOrigin = connectionsPerOrigin;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** {@return a client that trusts whom the JDK trusts, with 20 connections, for up to 64 MiB} */
  static HttpClient create() {
    return trusting(TlsOptions.defaults());
  }

  /** {@return a client with other options of TLS} */
  static HttpClient trusting(TlsOptions tls) {
    return new HttpClient(tls, CONNECTIONS_PER_ORIGIN, MAX_BODY_BYTES);
  }

  /**
   * Fetches something, suspending the current task.
   *
   * @param url where it is
   * @return the answer, whatever its status; redirections are not followed
   * @throws IOException if there is no answer
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled meanwhile
   * @throws IllegalArgumentException if the URL is not of HTTP
   */
  HttpResponse get(URI url) throws IOException {
    return exchange("GET", url);
  }

  /** {@return the same answer as {@link #get} gets, without its body} */
  HttpResponse head(URI url) throws IOException {
    return exchange("HEAD", url);
  }

  private HttpResponse exchange(String method, URI url) throws IOException {
    Origin origin = Origin.of(url);
    Pool pool = pools.computeIfAbsent(origin, this::emptyPool);
    try (Hold _ = pool.places.hold()) {
      HttpConnection idle;
      while ((idle = nextIdle(pool)) != null) {
        try {
          return exchange(pool, idle, method, url);
        } catch (HttpConnection.StaleException closedMeanwhile) {
          // What is only asked for may be asked for again.
        }
      }
      if (closed) {
        throw new IOException("client must be open to fetch %s but is closed".formatted(url));
      }
      return exchange(pool, HttpConnection.open(origin, tls, maxBodyBytes), method, url);
    }
  }

  private HttpResponse exchange(Pool pool, HttpConnection connection, String method, URI url)
      throws IOException {
    try {
      return connection.exchange(method, url);
    } finally {
      if (connection.isReusable() && !closed) {
        pool.idle.push(connection);
      } else {
        connection.close();
      }
    }
  }

  private Pool emptyPool(Origin origin) {
    return new Pool(new AsyncSemaphore(connectionsPerOrigin), new ArrayDeque<>());
  }

  private static @Nullable HttpConnection nextIdle(Pool pool) {
    HttpConnection next = pool.idle.poll();
    while (next != null && !next.isReusable()) {
      next.close();
      next = pool.idle.poll();
    }
    return next;
  }

  /** Closes the connections that are idle; others when their answers are there. Never waits. */
  @Override
  public void close() {
    closed = true;
    for (Pool pool : pools.values()) {
      pool.idle.forEach(HttpConnection::close);
      pool.idle.clear();
    }
  }
}
