package org.example.asyncchannel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.LoopsHere;
import org.asyncio4j.spi.SocketTransportRequest;
import org.asyncio4j.spi.TransportOwner;
import org.jspecify.annotations.Nullable;

/** A connection: says what its two directions may do, and ends it. All on the loop's thread. */
final class AsyncTransport implements Transport {

  private enum Phase {
    OPEN,
    CLOSING,
    LOST
  }

  private final EventLoop loop;
  private final AsyncSocket socket;
  private final Context context;
  private final Optional<TransportOwner> owner;
  private final Reading reading;
  private final Writing writing;

  // What the protocol is to hear. A call that parks holds up those that come after it.
  private final ArrayDeque<Runnable> calls = new ArrayDeque<>();
  private boolean calling;

  private StreamProtocol protocol;
  private Phase phase = Phase.OPEN;

  private AsyncTransport(
      EventLoop loop, Completions completions, AsyncSocket socket, SocketTransportRequest request) {
    this.loop = loop;
    this.socket = socket;
    this.context = request.context();
    this.owner = request.owner();
    this.protocol = request.protocol();
    this.reading = new Reading(this, socket.channel(), completions, context);
    this.writing = new Writing(this, socket.channel(), completions, context);
  }

  static AsyncTransport open(
      EventLoop loop, Completions completions, SocketTransportRequest request) {
    AsyncTransport made =
        new AsyncTransport(loop, completions, (AsyncSocket) request.socket(), request);
    made.owner.ifPresent(owner -> owner.attach(made));
    made.soon(() -> made.protocol.connectionMade(made));
    made.soon(made.reading::start);
    request.waiter().ifPresent(waiter -> loop.callSoon(() -> complete(waiter), made.context));
    return made;
  }

  @Override
  public void write(ByteBuffer data) {
    LoopsHere.ensureOwner(loop, "Transport.write");
    writing.write(data);
  }

  @Override
  public void writeLines(List<ByteBuffer> buffers) {
    LoopsHere.ensureOwner(loop, "Transport.writeLines");
    writing.writeLines(buffers);
  }

  @Override
  public void writeEof() {
    LoopsHere.ensureOwner(loop, "Transport.writeEof");
    if (phase == Phase.OPEN) {
      writing.end();
    }
  }

  @Override
  public boolean canWriteEof() {
    return true;
  }

  @Override
  public void close() {
    LoopsHere.ensureOwner(loop, "Transport.close");
    if (phase == Phase.OPEN) {
      phase = Phase.CLOSING;
      if (writing.isFlushed()) {
        lose(null);
      }
    }
  }

  @Override
  public void abort() {
    LoopsHere.ensureOwner(loop, "Transport.abort");
    lose(null);
  }

  @Override
  public boolean isClosing() {
    return phase != Phase.OPEN;
  }

  @Override
  public boolean isReading() {
    return reading.isReading();
  }

  @Override
  public void pauseReading() {
    LoopsHere.ensureOwner(loop, "Transport.pauseReading");
    reading.pause();
  }

  @Override
  public void resumeReading() {
    LoopsHere.ensureOwner(loop, "Transport.resumeReading");
    reading.resume();
  }

  @Override
  public long writeBufferSize() {
    return writing.size();
  }

  @Override
  public WriteBufferLimits writeBufferLimits() {
    return writing.limits();
  }

  @Override
  public void setWriteBufferLimits(WriteBufferLimits limits) {
    LoopsHere.ensureOwner(loop, "Transport.setWriteBufferLimits");
    writing.setLimits(limits);
  }

  @Override
  public StreamProtocol protocol() {
    return protocol;
  }

  @Override
  public void setProtocol(BaseProtocol changed) {
    LoopsHere.ensureOwner(loop, "Transport.setProtocol");
    if (!(changed instanceof StreamProtocol stream)) {
      throw new IllegalArgumentException("protocol must be one of streams but was " + changed);
    }
    protocol = stream;
  }

  @Override
  public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
    Object value =
        key == ExtraInfo.SOCKET
            ? new SocketView(loop, socket)
            : key == ExtraInfo.SOCKNAME
                ? socket.localAddress()
                : key == ExtraInfo.PEERNAME ? socket.remoteAddress().orElse(null) : null;
    return Optional.ofNullable(value).map(key.type()::cast);
  }

  @Override
  public String toString() {
    return "transport on " + socket + " (" + phase + ")";
  }

  boolean isLost() {
    return phase == Phase.LOST;
  }

  /** Everything was written: does what waited for that. */
  void flushed() {
    if (phase == Phase.CLOSING) {
      lose(null);
    } else if (phase == Phase.OPEN && writing.isEnding()) {
      try {
        socket.channel().shutdownOutput();
      } catch (IOException failure) {
        lose(failure);
      }
    }
  }

  /** Runs something that calls the protocol, once what is parked in it has returned. */
  void call(Runnable call) {
    calls.add(call);
    if (calling) {
      return;
    }
    calling = true;
    for (Runnable next = calls.poll(); next != null; next = calls.poll()) {
      try {
        next.run();
      } catch (Throwable thrown) {
        report("Exception in a callback of a protocol", thrown);
      }
    }
    calling = false;
  }

  /** Runs something that calls the protocol in a later tick. */
  void soon(Runnable call) {
    loop.callSoon(() -> call(call), context);
  }

  /** A mistake in the protocol, of which somebody should hear. */
  void callFailed(String method, Throwable failure) {
    report("Fatal error: protocol.%s() call failed.".formatted(method), failure);
    lose(failure);
  }

  void report(String message, Throwable failure) {
    loop.callExceptionHandler(
        ErrorReport.of(message).withException(failure).withProtocol(protocol).withTransport(this));
  }

  /** The connection is over; the protocol hears of it last of all. */
  void lose(@Nullable Throwable reason) {
    if (phase != Phase.LOST) {
      phase = Phase.LOST;
      writing.discard();
      soon(() -> lost(reason));
    }
  }

  private void lost(@Nullable Throwable reason) {
    try {
      protocol.connectionLost(reason);
    } finally {
      socket.close();
      owner.ifPresent(counting -> counting.detach(this));
    }
  }

  private static void complete(Promise<@Nullable Void> waiter) {
    waiter.trySetResult(null);
  }
}
