package org.asyncio4j.examples.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.asyncio4j.net.tls.TlsOptions;

/** A certificate authority of one test, which no other test trusts. */
public final class Authority {

  private static final String CONFIGURATION =
      """
      [req]
      distinguished_name = name
      prompt = no
      x509_extensions = authority
      [name]
      CN = authority of a test
      [authority]
      basicConstraints = critical, CA:TRUE
      keyUsage = critical, keyCertSign
      """;

  private final String openssl = Installed.program("openssl", "openssl");
  private final Path directory;

  /**
   * Creates the keys of an authority.
   *
   * @param directory an empty directory for all keys and certificates
   */
  public Authority(Path directory) throws IOException, InterruptedException {
    this.directory = Files.createDirectories(directory);
    Files.writeString(directory.resolve("authority.cnf"), CONFIGURATION);
    makeKey("authority", "-x509", "-days", "30");
  }

  /**
   * Creates the key and the certificate of a server.
   *
   * @param host the only name that they are valid for
   */
  public void issue(String host) throws IOException, InterruptedException {
    makeKey(host, "-subj", "/CN=" + host);
    Files.writeString(directory.resolve("extensions.cnf"), "subjectAltName = DNS:" + host + "\n");
    openssl(
        List.of(
            "x509",
            "-req",
            "-in",
            file(host, "pem"),
            "-CA",
            file("authority", "pem"),
            "-CAkey",
            file("authority", "key"),
            "-CAcreateserial",
            "-days",
            "30",
            "-extfile",
            directory.resolve("extensions.cnf").toString(),
            "-out",
            file(host, "pem")));
  }

  /** {@return the path of a certificate or, with {@code key}, of a key} */
  public String file(String name, String kind) {
    return directory.resolve(name + "." + kind).toString();
  }

  /** {@return the context of a client that trusts only this authority} */
  public TlsOptions trusting() throws IOException, GeneralSecurityException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    try (InputStream in = Files.newInputStream(Path.of(file("authority", "pem")))) {
      trust.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
    managers.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return TlsOptions.with(context);
  }

  private void makeKey(String name, String... further) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-config",
                directory.resolve("authority.cnf").toString(),
                "-keyout",
                file(name, "key"),
                "-out",
                file(name, "pem")));
    arguments.addAll(List.of(further));
    openssl(arguments);
  }

  private void openssl(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(openssl));
    command.addAll(arguments);
    String ignored = ProcessOutput.of(command);
  }
}
