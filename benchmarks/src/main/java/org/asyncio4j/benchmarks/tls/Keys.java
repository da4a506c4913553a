package org.asyncio4j.benchmarks.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Creates a key for one run, and the contexts of both ends. */
final class Keys {

  private static final String PASSWORD = "changeit";

  private Keys() {}

  /** Creates a key with the JDK's keytool, of a common size: P-256 or 2048 bits. */
  static void make(Path file, String algorithm) throws IOException, InterruptedException {
    boolean elliptic = algorithm.equals("EC");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            algorithm,
            elliptic ? "-groupname" : "-keysize",
            elliptic ? "secp256r1" : "2048",
            "-dname",
            "CN=localhost",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD);
    int status = new ProcessBuilder(command).start().waitFor();
    if (status != 0) {
      throw new IOException("cannot make a key: keytool ended with " + status);
    }
  }

  /** Returns a context that presents the key and trusts it. */
  static SSLContext context(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      KeyManagerFactory shown = KeyManagerFactory.getInstance("SunX509"); // decrypts the key once
      shown.init(store, PASSWORD.toCharArray());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("server", store.getCertificate("server"));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException broken) {
      throw new IOException(broken);
    }
  }
}
