package org.example.asyncchannel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.asyncio4j.core.Future;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BindSocketRequest;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.ConnectSocketRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.ServingRequest;
import org.asyncio4j.spi.SocketHandle;
import org.asyncio4j.spi.SocketTransportRequest;

/** The loop: one thread of its own tells of what is done, and the loop sleeps until it does. */
final class AsyncChannelLoop extends BaseEventLoop {

  static final Set<Capability> CAPABILITIES =
      Set.of(
          Capability.TCP_CLIENT,
          Capability.TCP_SERVER,
          Capability.CONNECTION_LIMIT,
          Capability.HALF_CLOSE,
          Capability.TLS);

  private static final long PATIENCE_SECONDS = 10;

  private final AsynchronousChannelGroup group;
  private final Sleeper sleeper = new Sleeper();
  private final Completions completions = new Completions(this);

  AsyncChannelLoop(LoopContext context, String name) throws IOException {
    super(context, name);
    this.group =
        AsynchronousChannelGroup.withFixedThreadPool(
            1, Thread.ofPlatform().daemon().name(name + "-completions").factory());
    closeIfForgotten(group::shutdownNow);
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  protected void poll(long waitNanos) {
    sleeper.sleep(waitNanos);
  }

  @Override
  protected void wakeUp() {
    sleeper.wake();
  }

  /**
   * Waits for the group's thread, because it is that thread that closes the group's descriptors.
   */
  @Override
  protected void closeResources() {
    try {
      group.shutdownNow();
      if (!group.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "the thread of the channels did not end within %d s".formatted(PATIENCE_SECONDS));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected Future<SocketHandle> connectSocket(ConnectSocketRequest request) {
    return new ConnectAttempt(this, completions, group).start(request);
  }

  @Override
  protected Transport makeSocketTransport(SocketTransportRequest request) {
    return AsyncTransport.open(this, completions, request);
  }

  @Override
  protected SocketHandle bindSocket(BindSocketRequest request) throws IOException {
    return AsyncListener.bind(group, request);
  }

  @Override
  protected void startServing(ServingRequest request) {
    AsyncListener listener = (AsyncListener) request.listener();
    listener.serve(new Accepting(this, completions, listener, request));
  }

  @Override
  protected void pauseServing(SocketHandle listener) {
    ((AsyncListener) listener).accepting().pause();
  }

  @Override
  protected void resumeServing(SocketHandle listener) {
    ((AsyncListener) listener).accepting().resume();
  }

  @Override
  protected void stopServing(SocketHandle listener) {
    ((AsyncListener) listener).accepting().stop();
  }
}
