package org.asyncio4j.tck.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The effect on a server of handshakes that it must refuse. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusedClientsTest {

  private static final int CLIENTS = 3;

  static List<Kind> kinds() {
    return TlsLoops.all().toList();
  }

  /** It may block, as one does that asks another machine. */
  @ParameterizedTest
  @MethodSource("kinds")
  void aKeyManagerIsNotCalledOnTheThreadOfTheLoop(Kind kind) {
    List<Boolean> onLoop = new CopyOnWriteArrayList<>();
    List<ErrorReport> reports = new CopyOnWriteArrayList<>();
    int ended =
        kind.run(
            reports,
            () ->
                refuse(
                    serving(engine -> {
                      onLoop.add(isOnLoop());
                      return null;
                    })));

    assertThat(ended).isEqualTo(CLIENTS);
    assertThat(onLoop).isNotEmpty().containsOnly(false);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aKeyManagerThatThrowsAnErrorIsReportedAsSuch(Kind kind) {
    List<ErrorReport> reports = new CopyOnWriteArrayList<>();
    int ended =
        kind.run(
            reports,
            () ->
                refuse(
                    serving(engine -> {
                      throw new NoClassDefFoundError("key store");
                    })));

    assertThat(reports)
        .extracting(report -> report.exception().orElseThrow().getClass().getSimpleName())
        .containsOnly("TlsConfigurationException");
    assertThat(ended).isEqualTo(CLIENTS);
  }

  /** Chooses a key. */
  @FunctionalInterface
  private interface Choice {
    String alias(SSLEngine engine);
  }

  private static TlsOptions serving(Choice choice) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {new Choosing(choice)}, new TrustManager[0], null);
    return TlsOptions.with(context).withProtocols(List.of("TLSv1.3"));
  }

  private static boolean isOnLoop() {
    try {
      return Asyncio.runningLoop() != null;
    } catch (IllegalStateException none) {
      return false;
    }
  }

  /** Connects clients that speak an older version; returns how many connections have ended. */
  private static int refuse(TlsOptions serving) throws IOException {
    Server server =
        Asyncio.startServer(
            (reader, writer) -> writer.close(), TlsLoops.loopback().withTls(serving));
    int port = server.port();
    Executor elsewhere = task -> Thread.ofVirtual().start(task);
    int ended = 0;
    for (int client = 0; client < CLIENTS; client++) {
      ended += Asyncio.runningLoop().runInExecutor(elsewhere, () -> shakeInVain(port)).await();
    }
    server.close();
    server.abortClients();
    server.waitClosed();
    return ended;
  }

  private static int shakeInVain(int port) throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    try (SSLSocket socket =
        (SSLSocket)
            TlsLinks.context("client", "server")
                .getSocketFactory()
                .createSocket(plain, "127.0.0.1", port, true)) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      return 0;
    } catch (IOException refused) {
      return 1;
    }
  }

  private static final class Choosing extends X509ExtendedKeyManager {

    private final Choice choice;

    Choosing(Choice choice) {
      this.choice = choice;
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
      return choice.alias(engine);
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return null;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return null;
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return null;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return null;
    }
  }
}
