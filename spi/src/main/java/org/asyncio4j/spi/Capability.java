package org.asyncio4j.spi;

/**
 * An optional feature of a loop. An operation whose capability a loop does not declare throws
 * {@link UnsupportedOperationException} and changes nothing.
 */
public enum Capability {
  /**
   * {@code createConnection}: hooks {@code connectSocket} and {@code makeSocketTransport}, with
   * Internet addresses.
   */
  TCP_CLIENT,

  /**
   * {@code createServer}: hooks {@code bindSocket}, {@code startServing}, {@code stopServing},
   * {@code makeSocketTransport}, with Internet addresses.
   */
  TCP_SERVER,

  /**
   * {@code withMaxConnections} of servers: hooks {@code pauseServing} and {@code resumeServing}.
   */
  CONNECTION_LIMIT,

  /** {@code writeEof} on TCP transports. */
  HALF_CLOSE,

  /** {@code ServerOptions.reusePort} and {@code DatagramOptions.reusePort}. */
  REUSE_PORT,

  /**
   * {@code createDatagramEndpoint}: hooks {@code openDatagram}, {@code connectDatagram}, {@code
   * makeDatagramTransport}, with Internet addresses.
   */
  UDP,

  /** {@code joinGroup} and {@code leaveGroup} on datagram transports. */
  UDP_MULTICAST,

  /**
   * {@code withTls} of clients and servers, and {@code startTls}: hook {@code makeTlsTransport}.
   * The implementation of {@link BaseEventLoop} works for every loop with TCP, which only needs to
   * declare this capability.
   */
  TLS,

  /**
   * {@code createUnixConnection} and {@code createUnixServer}: hooks {@code connectSocket}, {@code
   * bindSocket}, {@code startServing}, {@code stopServing}, {@code makeSocketTransport}, with Unix
   * addresses.
   */
  UNIX_STREAM,

  /** Unix sockets with names instead of files: {@code UnixServerOptions.onAbstract}. */
  UNIX_ABSTRACT,

  /**
   * {@code createUnixDatagramEndpoint}: hooks {@code openDatagram}, {@code connectDatagram}, {@code
   * makeDatagramTransport}, with Unix addresses; and, with {@link #SOCKETS}, {@code
   * openDatagramSocket} of the family {@code UNIX}: hook {@code makeDatagramSocket}.
   */
  UNIX_DATAGRAM,

  /**
   * {@code openSocket}, {@code openServerSocket} and {@code openDatagramSocket}, for the families
   * and kinds that the loop supports: hooks {@code makeSocket}, {@code makeServerSocket}, {@code
   * makeDatagramSocket}, {@code detachSocket}.
   */
  SOCKETS,

  /**
   * {@code sendFile} without reading the file: hook {@code sendFile}. Loops without this capability
   * send files by reading and writing them.
   */
  SEND_FILE,

  /** {@code addReader} and {@code addWriter} on sockets: hooks {@code watch}, {@code unwatch}. */
  WATCHING,

  /** {@code addReader} and {@code addWriter} on channels of the JDK. */
  WATCHING_CHANNELS,

  /** {@code addReader} and {@code addWriter} on file descriptors. */
  WATCHING_DESCRIPTORS
}
