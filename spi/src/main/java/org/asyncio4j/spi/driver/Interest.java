package org.asyncio4j.spi.driver;

/** The kinds of readiness of a socket, as bits to be combined with {@code |}. */
public final class Interest {

  /** Nothing: the poller does not watch the socket at all, not even for errors. */
  public static final int NONE = 0;

  /** There is something to read or to accept, the peer will send no more, or the socket failed. */
  public static final int READ = 1;

  /** There is room to write, a connect has ended, or the socket failed. */
  public static final int WRITE = 2;

  private Interest() {}
}
