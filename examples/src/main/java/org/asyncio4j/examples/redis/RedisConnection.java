package org.asyncio4j.examples.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.examples.redis.Resp.Blob;
import org.asyncio4j.examples.redis.Resp.Push;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.sync.AsyncEvent;
import org.jspecify.annotations.Nullable;

/**
 * A connection to Redis for any number of tasks. Replies arrive in the order of the commands, so a
 * queue of pending replies is enough. Commands that tasks send in one tick of the loop go out in
 * one write.
 *
 * <p>A command whose task is cancelled keeps its place in the queue, because its reply arrives
 * anyway.
 */
final class RedisConnection implements Protocol {

  private static final int WRITE_AT_ONCE = 64 * 1024;

  private final EventLoop loop;
  private final RespParser parser = new RespParser(this::received);
  private final Deque<Promise<Resp>> awaited = new ArrayDeque<>();
  private final Subscriptions subscriptions = new Subscriptions();
  private final AsyncEvent room = new AsyncEvent();
  private final AsyncEvent ended = new AsyncEvent();
  private ByteArrayOutputStream outgoing = new ByteArrayOutputStream();
  private Transport transport;
  private boolean lost;
  private @Nullable Throwable reason;

  RedisConnection(EventLoop loop) {
    this.loop = loop;
    room.set();
  }

  /** Sends a command without waiting. A reply that refuses it is a value like any other. */
  Future<Resp> send(RedisCommand command) {
    Promise<Resp> reply = loop.createFuture();
    if (lost || transport.isClosing()) {
      reply.setException(failure(command.toString()));
      return reply;
    }
    awaited.add(reply);
    put(command);
    return reply;
  }

  /** Sends a command and ignores its reply. */
  void sendOnly(RedisCommand command) {
    if (!lost && !transport.isClosing()) {
      Promise<Resp> reply = loop.createFuture();
      reply.cancel();
      awaited.add(reply);
      put(command);
    }
  }

  /** Suspends the current task while the server accepts no more commands. */
  void awaitRoom() {
    while (!room.isSet()) { // another task that woke up earlier may have used up the room
      room.await();
    }
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  /** Sends all pending commands and closes the connection. Never waits. */
  void close() {
    flush();
    transport.close();
  }

  /** Suspends the current task until the connection is closed or lost. */
  void awaitEnd() {
    ended.await();
  }

  private void put(RedisCommand command) {
    boolean first = outgoing.size() == 0;
    command.writeTo(outgoing);
    if (outgoing.size() >= WRITE_AT_ONCE) {
      flush();
    } else if (first) {
      loop.callSoon(this::flush);
    }
  }

  private void flush() {
    if (outgoing.size() > 0 && !transport.isClosing()) {
      byte[] bytes = outgoing.toByteArray();
      outgoing = new ByteArrayOutputStream();
      transport.write(bytes);
    }
  }

  @Override
  public void connectionMade(Transport made) {
    transport = made;
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    try {
      parser.feed(data);
    } catch (RespException wrong) {
      giveUp(wrong);
    }
  }

  private void received(Resp value) {
    if (value instanceof Push push && !isConfirmation(push)) {
      subscriptions.deliver(push);
      return;
    }
    Promise<Resp> reply = awaited.poll();
    if (reply == null) {
      giveUp(new RespException("cannot accept a reply: no command waits for " + value));
    } else reply.trySetResult(value);
  }

  private static boolean isConfirmation(Push push) {
    return push.items().getFirst() instanceof Blob kind
        && (kind.text().equals("subscribe") || kind.text().equals("unsubscribe"));
  }

  private void giveUp(RespException wrong) {
    if (reason == null) {
      reason = wrong;
    }
    transport.abort();
  }

  @Override
  public void pauseWriting() {
    room.clear();
  }

  @Override
  public void resumeWriting() {
    room.set();
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    lost = true;
    if (reason == null) {
      reason = exception;
    }
    while (!awaited.isEmpty()) {
      Promise<Resp> reply = awaited.remove();
      reply.trySetException(failure("a command"));
    }
    subscriptions.end(failure("a subscription"));
    room.set();
    ended.set();
  }

  private IOException failure(String what) {
    return new IOException(
        "cannot complete %s: %s %s; connect again"
            .formatted(what, transport, lost ? "is lost" : "is closing"),
        reason);
  }
}
