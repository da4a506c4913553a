package org.asyncio4j.spi.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.asyncio4j.net.tls.TlsConfigurationException;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.fixture.HangGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose mistake it is that a server refuses a client. */
@HangGuard
class ServerSelfTestTest {

  private static final String[] ODD = {"ed448"}; // the keys are of another kind

  private final ServerSelfTest selfTest = new ServerSelfTest();

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void aServerWithoutAKeyIsMisconfigured(String version) throws Exception {
    byte[] hello = hello(version);
    for (int client = 0; client < 2; client++) {
      assertThatThrownBy(() -> server(TlsOptions.with(context(new KeyManager[0]))).hear(hello))
          .isInstanceOf(TlsConfigurationException.class)
          .hasMessageStartingWith("cannot serve TLS: ")
          .cause()
          .isExactlyInstanceOf(SSLHandshakeException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void aServerWhoseKeyDoesNotSuitOneClientIsNot(String version) throws Exception {
    byte[] odd = hello(version, ODD);
    for (int client = 0; client < 2; client++) {
      assertThatThrownBy(() -> server(MachinePair.serving()).hear(odd))
          .isExactlyInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void theChosenContextIsTested() throws Exception {
    SSLContext keyless = context(new KeyManager[0]);
    TlsOptions choosing = MachinePair.serving().withContextChooser(name -> Optional.of(keyless));
    byte[] hello = hello("TLSv1.3");

    assertThatThrownBy(() -> server(choosing).hear(hello))
        .isInstanceOf(TlsConfigurationException.class);
  }

  @Test
  void aKeyManagerThatThrowsIsAMistake() throws Exception {
    RuntimeException thrown = new IllegalStateException("no token in the reader");
    SSLContext broken = context(new KeyManager[] {new Broken(thrown)});
    byte[] hello = hello("TLSv1.3");

    assertThatThrownBy(() -> server(TlsOptions.with(broken)).hear(hello))
        .isInstanceOf(TlsConfigurationException.class)
        .hasRootCause(thrown);
  }

  @Test
  void aContextThatHasPassedIsNotTestedAgain() throws Exception {
    byte[] odd = hello("TLSv1.3", ODD);
    TlsOptions serving = MachinePair.serving();
    SSLContext good = serving.context().orElseThrow();
    assertThatThrownBy(() -> server(serving).hear(odd)).isInstanceOf(SSLHandshakeException.class);

    assertThat(selfTest.hasPassed(good)).isTrue();
  }

  @Test
  void aContextThatHasFailedIsTestedAgain() throws Exception {
    SSLContext keyless = context(new KeyManager[0]);
    byte[] hello = hello("TLSv1.3");
    assertThatThrownBy(() -> server(TlsOptions.with(keyless)).hear(hello))
        .isInstanceOf(TlsConfigurationException.class);

    assertThat(selfTest.hasPassed(keyless)).isFalse();
  }

  /** Its keys may depend on the name that a client asks for. */
  @Test
  void aContextThatHasFinishedAHandshakeIsNotTested() throws Exception {
    SSLContext keyless = context(new KeyManager[0]);
    selfTest.passed(keyless);
    byte[] hello = hello("TLSv1.3");

    assertThatThrownBy(() -> server(TlsOptions.with(keyless)).hear(hello))
        .isExactlyInstanceOf(SSLHandshakeException.class);
  }

  private MachinePair.End server(TlsOptions options) throws IOException {
    TlsMachine machine =
        new TlsMachine(new TlsEngines(MachinePair::refuse, selfTest, options, TlsRole.SERVER, -1));
    machine.begin();
    return new MachinePair.End(machine);
  }

  private static SSLContext context(KeyManager[] keys) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[0], null);
    return context;
  }

  private static byte[] hello(String version, String... signatures) throws SSLException {
    SSLEngine client = TestContexts.of("client", "server").createSSLEngine("localhost", 443);
    client.setUseClientMode(true);
    SSLParameters parameters = client.getSSLParameters();
    parameters.setProtocols(new String[] {version});
    parameters.setServerNames(List.of(new SNIHostName("localhost")));
    if (signatures.length > 0) {
      parameters.setSignatureSchemes(signatures);
    }
    client.setSSLParameters(parameters);
    ByteBuffer out = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
    int count = client.wrap(ByteBuffer.allocate(0), out).bytesProduced();
    byte[] hello = new byte[count];
    out.flip().get(hello);
    return hello;
  }

  /** A key manager whose key is unavailable. */
  private static final class Broken extends X509ExtendedKeyManager {

    private final RuntimeException thrown;

    Broken(RuntimeException thrown) {
      this.thrown = thrown;
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
      throw thrown;
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      throw thrown;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      throw thrown;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      throw thrown;
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      throw thrown;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      throw thrown;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      throw thrown;
    }
  }
}
