package org.asyncio4j.spi.internal.tls;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Contexts over keys that were made once, for tests, and expire at the end of 2098. */
final class TestContexts {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private TestContexts() {}

  /** Shows the certificate of {@code alias}, and trusts only {@code trusted}. */
  static SSLContext of(String alias, String trusted) {
    try {
      KeyStore all = load();
      KeyStore keys = empty();
      keys.setKeyEntry(
          alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
      KeyStore trust = empty();
      trust.setCertificateEntry(trusted, all.getCertificate(trusted));
      KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
      keyManagers.init(keys, PASSWORD);
      TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
      trustManagers.init(trust);
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] shown = keyManagers.getKeyManagers();
      context.init(shown, trustManagers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static KeyStore load() throws GeneralSecurityException, IOException {
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream in =
        TestContexts.class.getResourceAsStream("/org/asyncio4j/spi/tls/tls-for-tests.p12")) {
      all.load(in, PASSWORD);
    }
    return all;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("JKS"); // cheap to lock and unlock
    store.load(null, PASSWORD);
    return store;
  }
}
