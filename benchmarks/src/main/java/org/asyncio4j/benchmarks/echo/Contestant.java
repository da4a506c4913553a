package org.asyncio4j.benchmarks.echo;

import java.util.Arrays;
import java.util.List;

/** A server that takes part. */
enum Contestant {
  ASYNCIO4J_EPOLL("asyncio4j-epoll", "asyncio", "epoll", "carrier"),
  ASYNCIO4J_NIO("asyncio4j-nio", "asyncio", "nio", "carrier"),
  ASYNCIO4J_EPOLL_SPIN("asyncio4j-epoll-spin", "asyncio", "epoll", "carrier", "50"),
  ASYNCIO4J_NIO_SPIN("asyncio4j-nio-spin", "asyncio", "nio", "carrier", "50"),
  ASYNCIO4J_EPOLL_HANDOFF("asyncio4j-epoll-handoff", "asyncio", "epoll", "handoff"),
  ASYNCIO4J_NIO_HANDOFF("asyncio4j-nio-handoff", "asyncio", "nio", "handoff"),
  NETTY_EPOLL("netty-epoll", "netty", "epoll", "auto"),
  NETTY_EPOLL_AGAIN("netty-epoll-again", "netty", "epoll", "auto"),
  NETTY_NIO("netty-nio", "netty", "nio", "auto"),
  SELECTOR("java-selector", "selector", "nio", "auto");

  /** Others are compared with this one. */
  static final Contestant BASELINE = NETTY_EPOLL;

  /** Those that take part unless others are named. */
  static final List<Contestant> DEFAULTS =
      List.of(ASYNCIO4J_EPOLL, ASYNCIO4J_NIO, NETTY_EPOLL, NETTY_EPOLL_AGAIN, SELECTOR);

  private final String label;
  private final String server;
  private final String transport;
  private final String engine;
  private final String spinMicros;

  Contestant(String label, String server, String transport, String engine) {
    this(label, server, transport, engine, "0");
  }

  Contestant(String label, String server, String transport, String engine, String spinMicros) {
    this.label = label;
    this.server = server;
    this.transport = transport;
    this.engine = engine;
    this.spinMicros = spinMicros;
  }

  static Contestant named(String label) {
    return Arrays.stream(values())
        .filter(contestant -> contestant.label.equals(label))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "contestant must be one of " + Arrays.toString(values()) + " but was " + label));
  }

  List<String> jvmFlags() {
    return List.of(
        "-XX:+UseSerialGC",
        "-Xms256m",
        "-Xmx256m",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dasyncio4j.coroutines=" + engine,
        // Pinned, the server would think that there is no other processor for its clients.
        "-XX:ActiveProcessorCount=2",
        "-Dasyncio4j.spin=" + spinMicros);
  }

  List<String> arguments() {
    return List.of(server, transport);
  }

  @Override
  public String toString() {
    return label;
  }
}
