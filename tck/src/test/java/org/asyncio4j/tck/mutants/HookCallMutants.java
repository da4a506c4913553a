package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.BindSocketRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketHandle;
import org.asyncio4j.spi.SocketTransportRequest;

/** Defects of chapter 7 that concern when and how often hooks are called. */
final class HookCallMutants {

  private HookCallMutants() {}

  /** Calls its own methods instead of the hooks that others observe. */
  @Defect(
      breaks = "7.1",
      also = {"7.5", "7.6", "7.19"})
  static final class ConnectsWithoutHooks extends NetworkMutant {

    ConnectsWithoutHooks(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      return new HomemadeConnect(this).run(protocolFactory, options);
    }
  }

  /** Tries out whether it can serve before it does. */
  @Defect(breaks = "7.2", also = "7.3")
  static final class BindsTwice extends NetworkMutant {

    BindsTwice(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      super.createServer(protocolFactory, options).close();
      return super.createServer(protocolFactory, options);
    }
  }

  /** Does not pass an option on as it is. */
  @Defect(breaks = "7.3")
  static final class ChangesTheBacklog extends NetworkMutant {

    ChangesTheBacklog(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return super.createServer(protocolFactory, options.withBacklog(options.backlog() + 1));
    }
  }

  /** Tells the protocol within the hook. */
  @Defect(breaks = "7.4", also = "7.5")
  static final class CallsConnectionMadeAtOnce extends NetworkMutant {

    CallsConnectionMadeAtOnce(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Between between =
          new Between(request) {
            @Override
            public void connectionMade(Transport transport) {
              // It knows already.
            }
          };
      Transport transport = super.makeSocketTransport(withProtocol(request, between));
      runIn(request.context(), () -> between.application.connectionMade(transport));
      return transport;
    }
  }

  /** Lets the waiter wait a little longer. */
  @Defect(breaks = "7.5")
  static final class CompletesTheWaiterLate extends NetworkMutant {

    CompletesTheWaiterLate(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Transport transport = super.makeSocketTransport(withoutWaiter(request));
      request
          .waiter()
          .ifPresent(waiter -> callSoon(() -> callSoon(() -> callSoon(() -> complete(waiter)))));
      return transport;
    }
  }

  /** Does not look whether the waiter is done. */
  @Defect(breaks = "7.6")
  static final class CompletesACancelledWaiter extends NetworkMutant {

    CompletesACancelledWaiter(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Transport transport = super.makeSocketTransport(withoutWaiter(request));
      request.waiter().ifPresent(waiter -> callSoon(() -> waiter.setResult(null)));
      return transport;
    }
  }

  /** Takes another port when the one that was asked for is taken. */
  @Defect(breaks = "7.7")
  static final class BindsElsewhere extends NetworkMutant {

    BindsElsewhere(LoopContext context) {
      super(context);
    }

    @Override
    protected SocketHandle bindSocket(BindSocketRequest request) throws IOException {
      try {
        return super.bindSocket(request);
      } catch (BindException taken) {
        InetSocketAddress address = (InetSocketAddress) request.address();
        InetSocketAddress other = new InetSocketAddress(address.getAddress(), 0);
        return super.bindSocket(
            new BindSocketRequest(other, request.backlog(), true, false, false));
      }
    }
  }

  /** Runs what other threads have scheduled before it returns from poll. */
  @Defect(breaks = "7.8")
  static final class RunsCallbacksInPoll extends NetworkMutant {

    RunsCallbacksInPoll(LoopContext context) {
      super(context);
    }

    private final Queue<Runnable> early = new ConcurrentLinkedQueue<>();

    @Override
    public Handle callSoonThreadsafe(Runnable callback) {
      // Only what needs no loop's thread; the others would not survive.
      if (callback.getClass().getName().contains("probe.Trace")) {
        early.add(callback);
        return super.callSoonThreadsafe(() -> {});
      }
      return super.callSoonThreadsafe(callback);
    }

    @Override
    protected void poll(long waitNanos) throws IOException {
      super.poll(waitNanos);
      for (Runnable next = early.poll(); next != null; next = early.poll()) {
        next.run();
      }
    }
  }
}
