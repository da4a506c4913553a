package org.asyncio4j.benchmarks.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.asyncio4j.benchmarks.redis.Wire.bulk;
import static org.asyncio4j.benchmarks.redis.Wire.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** Checks the replies of a server, byte by byte; Redis itself passes. */
final class RedisCheck {

  private static final int PIPELINE = 5_000;
  private static final int LARGE = 200_000;
  private static final int TIMEOUT_MILLIS = 30_000;

  private final OutputStream out;
  private final InputStream in;

  private RedisCheck(Socket socket) throws IOException {
    this.out = socket.getOutputStream();
    this.in = socket.getInputStream();
  }

  static void check(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      RedisCheck check = new RedisCheck(socket);
      check.commands();
      check.errors();
      check.fragments();
      check.pipeline();
      check.largeValue();
      check.protocolError();
    }
  }

  private void commands() throws IOException {
    exchange(request("PING"), "+PONG\r\n");
    exchange(request("ping", "hello"), bulk("hello"));
    exchange(request("GET", "check:absent"), "$-1\r\n");
    exchange(request("SET", "check:a", "one"), "+OK\r\n");
    exchange(request("get", "check:a"), bulk("one"));
    exchange(request("SET", "check:a", ""), "+OK\r\n");
    exchange(request("GET", "check:a"), bulk(""));
    String anyBytes = "\r\n$-1\r\n\u0000\u00ff";
    exchange(request("SET", anyBytes, anyBytes), "+OK\r\n");
    exchange(request("GET", anyBytes), bulk(anyBytes));
    exchange(request("SET", "check:n", "9"), "+OK\r\n");
    exchange(request("INCR", "check:n"), ":10\r\n");
    exchange(request("GET", "check:n"), bulk("10"));
    exchange(request("INCR", "check:new"), ":1\r\n");
  }

  private void errors() throws IOException {
    String notNumber = "-ERR value is not an integer or out of range\r\n";
    exchange(request("INCR", "check:a"), notNumber);
    exchange(request("SET", "check:n", "9223372036854775807"), "+OK\r\n");
    exchange(request("INCR", "check:n"), "-ERR increment or decrement would overflow\r\n");
    for (String name : new String[] {"get", "incr", "set"}) {
      exchange(
          request(name), "-ERR wrong number of arguments for '%s' command\r\n".formatted(name));
    }
    exchange(request("SET", "check:a", "b", "c"), "-ERR syntax error\r\n");
    exchange(request("GET", "check:a"), bulk(""));
  }

  private void fragments() throws IOException {
    String request = request("SET", "check:slow", "value") + request("GET", "check:slow");
    for (int i = 0; i < request.length(); i++) {
      send(request.substring(i, i + 1));
    }
    expect("+OK\r\n" + bulk("value"));
    String ping = request("PING");
    exchange(ping + ping.substring(0, 5), "+PONG\r\n");
    exchange(ping.substring(5), "+PONG\r\n");
  }

  private void pipeline() throws IOException {
    StringBuilder requests = new StringBuilder(request("SET", "check:n", "0"));
    StringBuilder replies = new StringBuilder("+OK\r\n");
    for (int i = 1; i <= PIPELINE; i++) {
      requests.append(request("INCR", "check:n"));
      replies.append(":").append(i).append("\r\n");
    }
    exchange(requests.toString(), replies.toString());
  }

  private void largeValue() throws IOException {
    String value = "0123456789".repeat(LARGE / 10);
    exchange(request("SET", "check:large", value), "+OK\r\n");
    exchange(request("GET", "check:large"), bulk(value));
    exchange(request("SET", "check:large", ""), "+OK\r\n");
  }

  private void protocolError() throws IOException {
    exchange(
        request("PING") + "*1\r\n+PING\r\n",
        "+PONG\r\n-ERR Protocol error: expected '$', got '+'\r\n");
    if (in.read() >= 0) {
      throw new IOException("server must close the connection after a protocol error");
    }
  }

  private void exchange(String requests, String replies) throws IOException {
    send(requests);
    expect(replies);
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
  }

  private void expect(String replies) throws IOException {
    String received = new String(in.readNBytes(replies.length()), ISO_8859_1);
    if (!received.equals(replies)) {
      throw new IOException("reply must be '%s' but was '%s'".formatted(replies, received));
    }
  }
}
