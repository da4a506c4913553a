package org.asyncio4j.examples.http;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.sync.AsyncSemaphore;
import org.asyncio4j.sync.Hold;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client that all tasks of a loop can share.
 *
 * <pre>{@code
 * try (HttpClient client = HttpClient.create()) {
 *   System.out.println(client.get(URI.create("https://example.org/")).text());
 * }
 * }</pre>
 *
 * <p>The number of connections to a server is limited; further requests wait for a connection. The
 * caller sets time limits with {@code Asyncio.timeout}: a cancelled request only loses its
 * connection.
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
   * @param tls the TLS options
   * @param connectionsPerOrigin the maximum number of connections to a server
   * @param maxBodyBytes the maximum length of a body
   */
  HttpClient(TlsOptions tls, int connectionsPerOrigin, int maxBodyBytes) {
    this.tls = tls;
    this.connectionsPerOrigin = connectionsPerOrigin;
    this.maxBodyBytes = maxBodyBytes;
  }

  /**
   * {@return a client with the JDK's trust store, 20 connections per server, and bodies up to 64
   * MiB}
   */
  static HttpClient create() {
    return trusting(TlsOptions.defaults());
  }

  /** {@return a client with the given TLS options} */
  static HttpClient trusting(TlsOptions tls) {
    return new HttpClient(tls, CONNECTIONS_PER_ORIGIN, MAX_BODY_BYTES);
  }

  /**
   * Sends a GET request, suspending the current task.
   *
   * @param url the URL to fetch
   * @return the response, with any status; redirects are not followed
   * @throws IOException if there is no response
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled
   * @throws IllegalArgumentException if it is not an HTTP URL
   */
  HttpResponse get(URI url) throws IOException {
    return exchange("GET", url);
  }

  /** {@return the response that {@link #get} would return, without its body} */
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
          // GET and HEAD are safe to repeat.
        }
      }
      if (closed) {
        throw new IOException("cannot fetch %s: the client is closed".formatted(url));
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

  /** Closes idle connections now, and others once their responses have arrived. Never waits. */
  @Override
  public void close() {
    closed = true;
    for (Pool pool : pools.values()) {
      pool.idle.forEach(HttpConnection::close);
      pool.idle.clear();
    }
  }
}
