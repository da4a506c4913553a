package org.asyncio4j.tck.mutants.harness;

import org.asyncio4j.net.socket.*;

/** The methods of a listening socket for direct use. */
public final class ListenerSeams extends Decorated<AsyncServerSocket> {

  public final Seam<Void, AsyncSocket> accept = seam("accept");
  public final Seam<Void, Void> close = seam("close");
}
