package org.asyncio4j.tck.probe;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.tls.TlsOptions;

/**
 * TLS connections of the loop with itself, and keys for them. The keys are public, made for tests
 * only, and valid for {@link Network#HOST} and {@code localhost}.
 */
public final class TlsLinks {

  private static final String PASSWORD = "changeit";

  private final Network network;

  /**
   * Creates no connection yet.
   *
   * @param network the loop and its peers
   */
  public TlsLinks(Network network) {
    this.network = network;
  }

  /** {@return the TLS options of a client that trusts {@link #serving()}} */
  public static TlsOptions trusting() {
    return TlsOptions.with(context("client", "server"));
  }

  /** {@return the TLS options of a client that trusts another certificate} */
  public static TlsOptions wary() {
    return TlsOptions.with(context("client", "stranger"));
  }

  /** {@return the TLS options of a server; it trusts the certificate of {@link #trusting()}} */
  public static TlsOptions serving() {
    return TlsOptions.with(context("server", "client"));
  }

  /** {@return the TLS options of a server that has no key, so that no handshake can succeed} */
  public static TlsOptions keyless() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return TlsOptions.with(context);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the JDK does not support TLS", broken);
    }
  }

  /**
   * Creates a context.
   *
   * @param shown whose certificate it presents: server, client or stranger
   * @param trusted the only certificate that it trusts
   * @return the context
   */
  public static SSLContext context(String shown, String trusted) {
    char[] password = PASSWORD.toCharArray();
    try (InputStream in = TlsLinks.class.getResourceAsStream("tls-for-tests.p12")) {
      KeyStore all = KeyStore.getInstance("PKCS12");
      all.load(in, password);
      KeyStore keys = KeyStore.getInstance("JKS"); // cheap to encrypt and decrypt
      keys.load(null, password);
      keys.setKeyEntry(
          shown, all.getKey(shown, password), password, all.getCertificateChain(shown));
      KeyStore trust = KeyStore.getInstance("JKS");
      trust.load(null, password);
      trust.setCertificateEntry(trusted, all.getCertificate(trusted));
      KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
      keyManagers.init(keys, password);
      TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
      trustManagers.init(trust);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException("the keys of the kit cannot be read", broken);
    }
  }

  /**
   * Serves TLS on the loopback.
   *
   * @param protocol the protocol of the only connection
   * @param options the TLS options
   * @return the server
   */
  public Server serve(StreamProtocol protocol, TlsOptions options) {
    return network.serve(() -> protocol, ServerOptions.on(Network.HOST, 0).withTls(options));
  }

  /**
   * Returns options for a client of a server.
   *
   * @param server the server
   * @param options the TLS options
   * @return the options
   */
  public ConnectOptions to(Server server, TlsOptions options) {
    return network.to(server).withTls(options);
  }

  /**
   * Connects the loop with itself.
   *
   * @param client the protocol of the client
   * @param server the protocol of the server
   * @return the client's transport; the handshake is done on its side
   */
  public Transport connect(StreamProtocol client, StreamProtocol server) {
    return connect(client, trusting(), server, serving());
  }

  /**
   * Connects the loop with itself.
   *
   * @param client the protocol of the client
   * @param ofClient the TLS options of the client
   * @param server the protocol of the server
   * @param ofServer the TLS options of the server
   * @return the client's transport
   */
  public Transport connect(
      StreamProtocol client, TlsOptions ofClient, StreamProtocol server, TlsOptions ofServer) {
    ConnectOptions options = to(serve(server, ofServer), ofClient);
    EventLoop loop = network.loop();
    return network.run(() -> loop.createConnection(() -> client, options).transport());
  }

  /**
   * Expects a TLS client of the loop to be refused.
   *
   * @param what names the case
   * @param client its protocol
   * @param options where and how to connect
   * @return what {@code createConnection} threw
   */
  public IOException refusal(String what, StreamProtocol client, ConnectOptions options) {
    EventLoop loop = network.loop();
    return network.run(() ->
        Expect.thrown(IOException.class, what, () -> loop.createConnection(() -> client, options)));
  }
}
