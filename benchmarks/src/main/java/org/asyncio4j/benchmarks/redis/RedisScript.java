package org.asyncio4j.benchmarks.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * All messages of a client, which it repeats, and the replies to them. The requests are SET, GET,
 * INCR and PING in turn, on keys of its own, so that every reply is known.
 *
 * @param depth the number of requests in a message
 * @param messages the messages
 * @param replies the reply to each message
 */
record RedisScript(int depth, List<ByteBuffer> messages, List<ByteBuffer> replies) {

  private static final int MESSAGES = 64;

  /** Creates the script of a client, given its index. */
  static RedisScript of(int connection, int depth) {
    List<ByteBuffer> messages = new ArrayList<>();
    List<ByteBuffer> replies = new ArrayList<>();
    int request = 0;
    for (int i = 0; i < MESSAGES; i++) {
      StringBuilder message = new StringBuilder();
      StringBuilder reply = new StringBuilder();
      for (int j = 0; j < depth; j++) {
        append(request++, connection, message, reply);
      }
      messages.add(bytes(message));
      replies.add(bytes(reply));
    }
    return new RedisScript(depth, messages, replies);
  }

  private static void append(
      int request, int connection, StringBuilder message, StringBuilder reply) {
    String key = "key:%06d".formatted(connection);
    String counter = "counter:%06d".formatted(connection);
    // GET must return what SET has stored just before.
    String value = "value %08d of client %06d".formatted(request / 4, connection);
    switch (request % 4) {
      case 0 -> {
        message.append(Wire.request("SET", key, value));
        reply.append("+OK\r\n");
      }
      case 1 -> {
        message.append(Wire.request("GET", key));
        reply.append(Wire.bulk(value));
      }
      case 2 -> {
        // When the script repeats, the replies are the same.
        boolean first = request == 2;
        message.append(first ? Wire.request("SET", counter, "0") : Wire.request("INCR", counter));
        reply.append(first ? "+OK\r\n" : ":" + request / 4 + "\r\n");
      }
      default -> {
        message.append(Wire.request("PING"));
        reply.append("+PONG\r\n");
      }
    }
  }

  private static ByteBuffer bytes(StringBuilder text) {
    byte[] bytes = text.toString().getBytes(ISO_8859_1);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
