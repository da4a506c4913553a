package org.asyncio4j.spi;

/**
 * Something that a loop may or may not be able to do. What it does not declare throws {@link
 * UnsupportedOperationException} and changes nothing else.
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
   * What {@link BaseEventLoop} brings along does for every loop with TCP, which just declares it.
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
   * {@code openSocket}, {@code openServerSocket} and {@code openDatagramSocket}, of the families
   * and kinds that the loop has: hooks {@code makeSocket}, {@code makeServerSocket}, {@code
   * makeDatagramSocket}, {@code detachSocket}.
   */
  SOCKETS,

  /**
   * {@code sendFile} without reading the file: hook {@code sendFile}. Loops that have it not send
   * files all the same, by reading and writing them.
   */
  SEND_FILE,

  /** {@code addReader} and {@code addWriter} on sockets: hooks {@code watch}, {@code unwatch}. */
  WATCHING,

  /** {@code addReader} and {@code addWriter} on channels of the JDK. */
  WATCHING_CHANNELS,

  /** {@code addReader} and {@code addWriter} on file descriptors. */
  WATCHING_DESCRIPTORS
}
