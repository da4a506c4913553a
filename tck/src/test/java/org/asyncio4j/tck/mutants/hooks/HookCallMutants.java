package org.asyncio4j.tck.mutants.hooks;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.HomemadeConnect;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Requests;

/** Chapter 7: when and how often hooks are called. */
public final class HookCallMutants extends Defects {

  public HookCallMutants() {
    defect("7.1", "connects without the hooks that others observe")
        .also("7.5", "7.6", "7.19")
        .loop(loop ->
            loop.createConnection.around((_, wanted) -> new HomemadeConnect(loop).run(wanted)));

    defect("7.2", "binds twice")
        .also("7.3")
        .loop(loop ->
            loop.createServer.around((correct, wanted) -> {
              correct.call(wanted).close();
              return correct.call(wanted);
            }));

    defect("7.3", "changes the backlog")
        .loop(loop ->
            loop.withOptions(
                loop.createServer, options -> options.withBacklog(options.backlog() + 1)));

    protocols();

    defect("7.7", "binds elsewhere if a port is taken")
        .loop(loop ->
            loop.bindSocket.around((correct, request) -> {
              try {
                return correct.call(request);
              } catch (BindException taken) {
                InetSocketAddress address = (InetSocketAddress) request.address();
                InetSocketAddress other = new InetSocketAddress(address.getAddress(), 0);
                return correct.call(
                    Requests.withReuseAddress(Requests.bindTo(other, request.backlog())));
              }
            }));

    defect("7.8", "runs callbacks of other threads in poll").loop(HookCallMutants::runInPoll);
  }

  private void protocols() {
    defect("7.4", "calls connectionMade within the hook")
        .also("7.5")
        .loop(HookCallMutants::callConnectionMadeAtOnce);

    defect("7.5", "completes the waiter late")
        .loop(loop ->
            loop.makeSocketTransport.around((correct, request) -> {
              Transport transport = correct.call(Requests.withoutWaiter(request));
              completeLate(loop, request);
              return transport;
            }));

    defect("7.6", "completes a cancelled waiter")
        .loop(loop ->
            loop.makeSocketTransport.around((correct, request) -> {
              Transport transport = correct.call(Requests.withoutWaiter(request));
              request.waiter().ifPresent(it -> loop.callSoon(() -> it.setResult(null)));
              return transport;
            }));
  }

  private static void callConnectionMadeAtOnce(MutantLoop loop) {
    loop.makeSocketTransport.around((correct, request) -> {
      Transport transport = correct.call(request);
      boolean ignored =
          request
              .context()
              .run(() -> {
                request.protocol().connectionMade(transport);
                return true;
              });
      return transport;
    });
    loop.connections(it -> it.connectionMade.swallow());
  }

  private static void completeLate(MutantLoop loop, SocketTransportRequest request) {
    request
        .waiter()
        .ifPresent(it ->
            loop.aTickLate(loop.aTickLate(loop.aTickLate(() -> MutantLoop.complete(it)))).run());
  }

  /** Runs what needs no loop's thread; other callbacks would not survive it. */
  private static void runInPoll(MutantLoop loop) {
    Queue<Runnable> early = new ConcurrentLinkedQueue<>();
    loop.callSoonThreadsafe.given(callback -> {
      if (!callback.getClass().getName().contains("probe.Trace")) {
        return callback;
      }
      early.add(callback);
      return () -> {};
    });
    loop.poll.after(() -> {
      for (Runnable next = early.poll(); next != null; next = early.poll()) {
        next.run();
      }
    });
  }
}
