package org.asyncio4j.examples.http;

import java.net.URI;
import java.util.Locale;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.tls.TlsOptions;

/** A server whose connections requests can share: scheme, host and port of a URL. */
record Origin(boolean tls, String host, int port) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /**
   * Returns the origin of a URL.
   *
   * @throws IllegalArgumentException if it is not an HTTP URL, or has no host
   */
  static Origin of(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "url must be absolute, with http or https: '%s'".formatted(url));
    }
    boolean tls = scheme.equals("https");
    int port = url.getPort() == -1 ? defaultPort(tls) : url.getPort();
    return new Origin(tls, url.getHost().toLowerCase(Locale.ROOT), port);
  }

  /** {@return the value of the {@code Host} field} */
  String authority() {
    return port == defaultPort(tls) ? host : host + ":" + port;
  }

  ConnectOptions destination(TlsOptions options) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    ConnectOptions plain = ConnectOptions.to(bare, port);
    return tls ? plain.withTls(options) : plain;
  }

  private static int defaultPort(boolean tls) {
    return tls ? HTTPS : HTTP;
  }

  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + authority();
  }
}
