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
 * Determines whether a server that has rejected a client can accept any client at all.
 *
 * <p>JSSE does not reveal which end is at fault. A server without a key, and a server whose key
 * does not suit this client, throw the same exception ("No available authentication scheme", "no
 * cipher suites in common"), and a context does not expose its keys. So the server is tested with
 * our own client, which offers everything that the JDK supports. A server that rejects it is
 * misconfigured.
 *
 * <p>This costs as much as half a handshake, and key managers may block. So it runs where the tasks
 * of an engine run. To prevent clients from causing repeated tests, a context is not tested again
 * once it has passed or has finished a handshake. The latter also covers contexts whose keys depend
 * on the name that a client requests. The results are confined to the loop's thread.
 */
public final class ServerSelfTest {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  // Weak, and by identity: contexts have no other equality.
  private final Set<SSLContext> proven = Collections.newSetFromMap(new WeakHashMap<>());

  /** Notes that a server with this context can accept a client. */
  void passed(SSLContext context) {
    proven.add(context);
  }

  /** {@return whether a server with this context is known to accept some client} */
  boolean hasPassed(SSLContext context) {
    return proven.contains(context);
  }

  /**
   * Returns whether a server can accept a client. Callable from any thread.
   *
   * @param server a new engine of the server, with all parameters
   */
  static boolean canAnswer(SSLEngine server) {
    ByteBuffer hello;
    try {
      hello = hello(List.of(server.getEnabledProtocols()));
    } catch (GeneralSecurityException | SSLException noClient) {
      return true; // the result is unknown
    }
    try {
      ask(server, hello);
      return true;
    } catch (SSLException | RuntimeException refusal) {
      return false;
    }
  }

  /**
   * Creates the first message of a client that accepts anything. The client is not used any
   * further.
   */
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
                server.unwrap(hello, plain).bytesConsumed() == 0; // it needs more data
            case NEED_WRAP -> server.wrap(NOTHING, out).bytesProduced() >= 0;
            case NOT_HANDSHAKING, FINISHED -> true;
          };
    }
  }
}
