package org.asyncio4j.spi;

import java.io.IOException;
import java.util.Optional;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.socket.AsyncDatagramSocket;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ConnectDatagramRequest;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.spi.hooks.DetachSocketRequest;
import org.asyncio4j.spi.hooks.HookCall;
import org.asyncio4j.spi.hooks.HookObserver;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.SendFileRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.SocketRequest;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.spi.hooks.TlsTransportRequest;
import org.asyncio4j.spi.hooks.UnwatchRequest;
import org.asyncio4j.spi.hooks.WatchRequest;
import org.asyncio4j.spi.internal.cycle.PollHooks;
import org.asyncio4j.spi.internal.net.NetworkHooks;
import org.jspecify.annotations.Nullable;

/** Calls the private hooks of a loop, and notifies an observer of each call. */
final class Hooks implements PollHooks, NetworkHooks {

  private final BaseEventLoop loop;
  private volatile @Nullable HookObserver observer;

  Hooks(BaseEventLoop loop) {
    this.loop = loop;
  }

  void setObserver(@Nullable HookObserver changed) {
    observer = changed;
  }

  @Override
  public void poll(long waitNanos) throws IOException {
    if (observer == null) {
      loop.poll(waitNanos);
    } else {
      observed("poll", waitNanos, () -> answerNothing(() -> loop.poll(waitNanos)));
    }
  }

  @Override
  public void flush(boolean last) throws IOException {
    if (observer == null) {
      loop.flush(last);
    } else {
      observed("flush", last, () -> answerNothing(() -> loop.flush(last)));
    }
  }

  @Override
  public void wakeUp() {
    loop.wakeUp();
    HookObserver seen = observer;
    if (seen != null) {
      seen.called(new HookCall("wakeUp", null, null, Optional.empty()));
    }
  }

  @Override
  public Transport makeSocketTransport(SocketTransportRequest request) throws IOException {
    return observed("makeSocketTransport", request, () -> loop.makeSocketTransport(request));
  }

  @Override
  public Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
    return observed("makeTlsTransport", request, () -> loop.makeTlsTransport(request));
  }

  @Override
  public Future<SocketHandle> connectSocket(ConnectSocketRequest request) throws IOException {
    return observed("connectSocket", request, () -> loop.connectSocket(request));
  }

  @Override
  public SocketHandle bindSocket(BindSocketRequest request) throws IOException {
    return observed("bindSocket", request, () -> loop.bindSocket(request));
  }

  @Override
  public void startServing(ServingRequest request) throws IOException {
    observed("startServing", request, () -> answerNothing(() -> loop.startServing(request)));
  }

  @Override
  public void stopServing(SocketHandle listener) {
    unfailing("stopServing", listener, () -> loop.stopServing(listener));
  }

  @Override
  public void pauseServing(SocketHandle listener) {
    unfailing("pauseServing", listener, () -> loop.pauseServing(listener));
  }

  @Override
  public void resumeServing(SocketHandle listener) {
    unfailing("resumeServing", listener, () -> loop.resumeServing(listener));
  }

  @Override
  public SocketHandle openDatagram(OpenDatagramRequest request) throws IOException {
    return observed("openDatagram", request, () -> loop.openDatagram(request));
  }

  @Override
  public void connectDatagram(ConnectDatagramRequest request) throws IOException {
    observed("connectDatagram", request, () -> answerNothing(() -> loop.connectDatagram(request)));
  }

  @Override
  public DatagramTransport makeDatagramTransport(DatagramTransportRequest request)
      throws IOException {
    return observed("makeDatagramTransport", request, () -> loop.makeDatagramTransport(request));
  }

  @Override
  public AsyncSocket makeSocket(SocketRequest request) throws IOException {
    return observed("makeSocket", request, () -> loop.makeSocket(request));
  }

  @Override
  public AsyncServerSocket makeServerSocket(SocketRequest request) throws IOException {
    return observed("makeServerSocket", request, () -> loop.makeServerSocket(request));
  }

  @Override
  public AsyncDatagramSocket makeDatagramSocket(SocketRequest request) throws IOException {
    return observed("makeDatagramSocket", request, () -> loop.makeDatagramSocket(request));
  }

  @Override
  public SocketHandle detachSocket(DetachSocketRequest request) throws IOException {
    return observed("detachSocket", request, () -> loop.detachSocket(request));
  }

  @Override
  public long sendFile(SendFileRequest request) throws IOException {
    return observed("sendFile", request, () -> loop.sendFile(request));
  }

  @Override
  public Handle watch(WatchRequest request) throws IOException {
    return observed("watch", request, () -> loop.watch(request));
  }

  @Override
  public boolean unwatch(UnwatchRequest request) {
    boolean[] answer = new boolean[1];
    unfailing("unwatch", request, () -> answer[0] = loop.unwatch(request));
    return answer[0];
  }

  void closeResources() {
    unfailing("closeResources", null, loop::closeResources);
  }

  private <A extends @Nullable Object> A observed(
      String hook, @Nullable Object request, Call<A> call) throws IOException {
    HookObserver seen = observer;
    if (seen == null) {
      return call.call();
    }
    A answer;
    try {
      answer = call.call();
    } catch (Throwable thrown) {
      seen.called(new HookCall(hook, request, null, Optional.of(thrown)));
      throw thrown;
    }
    seen.called(new HookCall(hook, request, answer, Optional.empty()));
    return answer;
  }

  private void unfailing(String hook, @Nullable Object request, Runnable action) {
    HookObserver seen = observer;
    try {
      action.run();
    } catch (Throwable thrown) {
      if (seen != null) {
        seen.called(new HookCall(hook, request, null, Optional.of(thrown)));
      }
      throw thrown;
    }
    if (seen != null) {
      seen.called(new HookCall(hook, request, null, Optional.empty()));
    }
  }

  private static @Nullable Void answerNothing(VoidCall call) throws IOException {
    call.call();
    return null;
  }

  private interface Call<A extends @Nullable Object> {
    A call() throws IOException;
  }

  private interface VoidCall {
    void call() throws IOException;
  }
}
