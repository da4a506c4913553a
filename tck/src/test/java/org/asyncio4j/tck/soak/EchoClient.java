package org.asyncio4j.tck.soak;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/** A protocol that sends something and waits for its echo. */
final class EchoClient implements Protocol {

  private final EventLoop loop;
  private @Nullable Transport transport;
  private @Nullable Promise<Boolean> waiting;
  private ByteBuffer echo = ByteBuffer.allocate(0);
  private boolean lost;

  EchoClient(EventLoop loop) {
    this.loop = loop;
  }

  /** Sends bytes, and returns as many as were sent, when they have come back. */
  byte[] exchange(byte[] sent) throws IOException {
    echo = ByteBuffer.allocate(sent.length);
    if (transport != null) {
      transport.write(sent);
    }
    while (echo.hasRemaining()) {
      if (lost) {
        throw new EOFException("%d bytes did not come back".formatted(echo.remaining()));
      }
      awaitNews();
    }
    return echo.array();
  }

  void awaitLost() {
    while (!lost) {
      awaitNews();
    }
  }

  @Override
  public void connectionMade(Transport made) {
    transport = made;
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    echo.put(data.limit(Math.min(data.limit(), data.position() + echo.remaining())));
    wake();
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    lost = true;
    wake();
  }

  private void awaitNews() {
    Promise<Boolean> news = loop.createFuture();
    waiting = news;
    boolean ignored = news.await();
  }

  private void wake() {
    Promise<Boolean> news = waiting;
    if (news != null && !news.isDone()) {
      news.setResult(true);
    }
  }
}
