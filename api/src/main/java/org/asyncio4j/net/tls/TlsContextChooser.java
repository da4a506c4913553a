package org.asyncio4j.net.tls;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Chooses the TLS context of a server by the name that a client requests: {@code
 * SSLContext.sni_callback}.
 */
@FunctionalInterface
public interface TlsContextChooser {

  /**
   * Chooses a context. Called on the loop's thread, in a callback, before the server has responded;
   * not called for a client that requests no name. An exception that it throws is reported to the
   * loop's exception handler and ends the connection. It may park, which holds up only this
   * handshake.
   *
   * @param serverName the name, in lower case, as sent by the client: it may be any text
   * @return the context, initialised; empty to use the context of the {@linkplain
   *     TlsOptions#context() options}
   */
  Optional<SSLContext> choose(String serverName);
}
