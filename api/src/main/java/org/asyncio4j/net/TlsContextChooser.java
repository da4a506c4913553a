package org.asyncio4j.net;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Chooses the keys and the trust of a server by the name that a client asks for: {@code
 * SSLContext.sni_callback}.
 */
@FunctionalInterface
public interface TlsContextChooser {

  /**
   * Chooses a context. Called on the loop's thread, in a callback, before the server has answered;
   * not called for a client that asks for no name. What it throws is reported to the loop's
   * exception handler and ends the connection. It may park, which holds up this handshake alone.
   *
   * @param serverName the name, in lower case, as the client has sent it: it may be any text
   * @return the context, initialised; nothing takes that of the {@linkplain TlsOptions#context()
   *     options}
   */
  Optional<SSLContext> choose(String serverName);
}
