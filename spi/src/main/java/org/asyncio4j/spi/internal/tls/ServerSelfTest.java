package org.asyncio4j.spi.internal.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * Finds out whether a server that has refused a client can answer any client at all.
 *
 * <p>JSSE does not tell whose mistake a refusal is. A server without a key, and one whose key is of
 * no use to this client alone, throw the same exception ("No available authentication scheme", "no
 * cipher suites in common"), and a context does not show its keys. So the server is asked by a
 * client of our own, which offers everything that the JDK can do. A server that refuses that one is
 * misconfigured.
 *
 * <p>This costs as much as half a handshake, and key managers may block. So it runs where the tasks
 * of an engine run; and so that no client can have it repeated, a context is not asked again once
 * it has answered, or has finished a handshake. The latter also knows the contexts whose keys
 * depend on the name that a client asks for. What is known belongs to the loop's thread.
 */
public final class ServerSelfTest {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  // Weak, and by identity: contexts have no other equality.
  private final Set<SSLContext> proven = Collections.newSetFromMap(new WeakHashMap<>());

  /** A server with this context can answer a client. */
  void passed(SSLContext context) {
    proven.add(context);
  }

  /** {@return whether a server with this context is known to be able to answer a client} */
  boolean hasPassed(SSLContext context) {
    return proven.contains(context);
  }

  /**
   * Returns whether a server can answer a client; on any thread.
   *
   * @param server a new engine of it, with all parameters
   */
  static boolean canAnswer(SSLEngine server) {
    ByteBuffer hello;
    try {
      hello = hello(List.of(server.getEnabledProtocols()));
    } catch (GeneralSecurityException | SSLException noClient) {
      return true; // nothing is known
    }
    try {
      ask(server, hello);
      return true;
    } catch (SSLException | RuntimeException refusal) {
      return false;
    }
  }

  /** Makes the first message of a client that accepts anything. It is not used any further. */
  private static ByteBuffer hello(List<String> versions)
      throws GeneralSecurityException, SSLException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[0], new TrustManager[0], null);
    SSLEngine client = context.createSSLEngine();
    client.setUseClientMode(true);
    client.setEnabledProtocols(
        Arrays.stream(client.getSupportedProtocols())
            .filter(versions::contains)
            .toArray(String[]::new));
    client.setEnabledCipherSuites(client.getSupportedCipherSuites());
    client.beginHandshake();
    ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
    while (client.wrap(NOTHING, hello).bytesProduced() == 0) {
      EngineTasks.runAll(client);
    }
    return hello.flip();
  }

  private static void ask(SSLEngine server, ByteBuffer hello) throws SSLException {
    ByteBuffer out = ByteBuffer.allocate(server.getSession().getPacketBufferSize());
    ByteBuffer plain = ByteBuffer.allocate(server.getSession().getApplicationBufferSize());
    server.beginHandshake();
    boolean answered = false;
    while (!answered) {
      answered =
          switch (server.getHandshakeStatus()) {
            case NEED_TASK -> !EngineTasks.runAll(server);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN ->
                server.unwrap(hello, plain).bytesConsumed() == 0; // it waits for more
            case NEED_WRAP -> server.wrap(NOTHING, out).bytesProduced() >= 0;
            case NOT_HANDSHAKING, FINISHED -> true;
          };
    }
  }
}
