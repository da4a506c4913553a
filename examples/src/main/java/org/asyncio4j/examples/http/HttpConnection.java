package org.asyncio4j.examples.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import org.asyncio4j.Asyncio;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.stream.IncompleteReadException;
import org.asyncio4j.stream.StreamConnection;

/** A connection to a server, for one request at a time. */
final class HttpConnection implements AutoCloseable {

  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final int SWITCHING_PROTOCOLS = 101;

  /** Thrown if the server has closed the idle connection, as it may; use another one. */
  static final class StaleException extends IOException {

    private static final long serialVersionUID = 1;

    StaleException(Origin origin, IOException cause) {
      super("connection to %s was closed while it was idle".formatted(origin), cause);
    }
  }

  private final Origin origin;
  private final StreamConnection streams;
  private final BodyReader bodies;
  private boolean used;
  private boolean reusable;

  private HttpConnection(Origin origin, StreamConnection streams, int maxBodyBytes) {
    this.origin = origin;
    this.streams = streams;
    this.bodies = new BodyReader(streams.reader(), maxBodyBytes);
  }

  /** Connects, suspending the current task. */
  static HttpConnection open(Origin origin, TlsOptions tls, int maxBodyBytes) throws IOException {
    try {
      var streams = Asyncio.openConnection(origin.destination(tls));
      return new HttpConnection(origin, streams, maxBodyBytes);
    } catch (IOException refused) {
      throw new IOException(
          "cannot connect to %s: %s".formatted(origin, refused.getMessage()), refused);
    }
  }

  /**
   * Sends a request and waits for the whole response. If that fails or is cancelled, the connection
   * is not {@linkplain #isReusable() reusable}.
   *
   * @throws StaleException if this was not the first request, and no response has arrived
   * @throws IOException if there is no response, or it is not HTTP/1
   */
  HttpResponse exchange(String method, URI url) throws IOException {
    reusable = false;
    ResponseHead head = ask(method, url);
    while (head.status() < 200 && head.status() != SWITCHING_PROTOCOLS) {
      head = ResponseHead.parse(streams.reader().readUntil(HEAD_END));
    }
    byte[] body = bodies.read(method, head);
    used = true;
    reusable = head.keepsAlive() && !BodyReader.endsWithConnection(method, head);
    return new HttpResponse(head, body);
  }

  private ResponseHead ask(String method, URI url) throws IOException {
    byte[] first;
    try {
      streams.writer().write(request(method, url), US_ASCII);
      streams.writer().drain();
      first = streams.reader().readUntil(HEAD_END);
    } catch (IncompleteReadException end) {
      if (used && end.partial().length == 0) {
        throw new StaleException(origin, end);
      }
      throw end;
    } catch (IOException lost) {
      throw used ? new StaleException(origin, lost) : lost;
    }
    return ResponseHead.parse(first);
  }

  private String request(String method, URI url) {
    URI ascii = URI.create(url.toASCIIString()); // other characters would be sent as question marks
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    return "%s %s%s HTTP/1.1\r\nHost: %s\r\nUser-Agent: asyncio4j-example\r\n\r\n"
        .formatted(method, path, query, origin.authority());
  }

  boolean isReusable() {
    return reusable && !streams.reader().atEof() && !streams.writer().isClosing();
  }

  /** Closes the connection at once. */
  @Override
  public void close() {
    reusable = false;
    streams.writer().transport().abort();
  }
}
