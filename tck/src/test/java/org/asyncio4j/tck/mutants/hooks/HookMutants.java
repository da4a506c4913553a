package org.asyncio4j.tck.mutants.hooks;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.net.*;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.hooks.*;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 7: hooks. */
public final class HookMutants extends Defects {

  private static final Duration A_WHILE = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMillis(1_500);

  public HookMutants() {
    defect("7.1 also .5, .6, .19", "connects without the hooks that others observe")
        .loop(loop ->
            loop.createConnection.around((_, wanted) -> new HomemadeConnect(loop).run(wanted)));
    defect("7.2 also .3", "binds twice").loop(loop -> HookMutants.twice(loop.createServer));
    defect("7.3", "changes the backlog")
        .loop(loop ->
            loop.createServer.options(options -> options.withBacklog(options.backlog() + 1)));
    defect("7.4 also .5", "calls connectionMade within the hook")
        .loop(loop -> {
          loop.makeSocketTransport.withResult((transport, request) -> {
            boolean ignored =
                request
                    .context()
                    .run(() -> {
                      request.protocol().connectionMade(transport);
                      return true;
                    });
          });
          loop.connections(it -> it.connectionMade.swallow());
        });
    defect("7.5", "completes the waiter late")
        .loop(loop -> completeInstead(loop, it -> completeLate(loop, it)));
    defect("7.6", "completes a cancelled waiter")
        .loop(loop -> completeInstead(loop, it -> loop.callSoon(() -> it.setResult(null))));
    defect("7.7", "binds elsewhere if a port is taken")
        .loop(loop ->
            loop.bindSocket.recover(
                BindException.class,
                (correct, request) -> {
                  InetAddress address = ((InetSocketAddress) request.address()).getAddress();
                  InetSocketAddress other = new InetSocketAddress(address, 0);
                  BindSocketRequest binding = Requests.bindTo(other, request.backlog());
                  return correct.call(Requests.with(binding, "reuseAddress", true));
                }));
    defect("7.8", "runs callbacks of other threads in poll")
        .loop(loop -> {
          Queue<Runnable> early = new ConcurrentLinkedQueue<>();
          loop.callSoonThreadsafe.givenIf(
              callback -> callback.getClass().getName().contains("probe.Trace"),
              callback -> {
                early.add(callback);
                return () -> {};
              });
          loop.poll.after(_ -> runAll(early));
        });
    defect("7.9 also .10", "attaches the connection to its owner after a while")
        .loop(loop ->
            loop.makeSocketTransport.around((correct, request) -> {
              Transport transport = correct.call(Requests.with(request, "owner", Optional.empty()));
              request
                  .owner()
                  .ifPresent(owner -> loop.callLater(A_WHILE, () -> owner.attach(transport)));
              return transport;
            }));
    defect("7.10", "detaches the connection from its owner before connectionLost")
        .connections(it ->
            it.connectionLost.instead((correct, reason) -> {
              it.detachNow();
              it.loop().callLater(A_WHILE, correct.later(reason), it.context());
            }));
    defect("7.11", "does not know the peer")
        .connections(it -> it.forget(key -> key == ExtraInfo.PEERNAME));
    defect("7.12", "sends with delay")
        .loop(loop ->
            loop.makeSocketTransport.withResult(transport ->
                transport
                    .extraInfo(ExtraInfo.SOCKET)
                    .orElseThrow()
                    .setOption(StandardSocketOptions.TCP_NODELAY, false)));
    defect("7.13", "calls protocols in an empty context")
        .loop(loop -> loop.makeSocketTransport.with("context", _ -> Context.empty()));
    defect("7.14", "declares that it can half-close but cannot")
        .connections(it -> it.canWriteEof.always(false));
    defect("7.15", "does more than it declares").declaring(Set.of()).loop(_ -> {});
    defect("7.16", "stops its servers when everything was given back already")
        .loop(loop -> {
          List<Server> servers = loop.createServer.results();
          loop.close.after(_ -> servers.forEach(Server::close));
        });
    defect("7.17", "calls connectionLost when it closes")
        .loop(loop -> {
          List<SocketTransportRequest> made = loop.makeSocketTransport.arguments();
          loop.closeResources.after(_ -> made.forEach(it -> it.protocol().connectionLost(null)));
        });
    defect("7.18 also .19", "closes its sockets long after close has returned")
        .loop(loop -> closeLate(loop, _ -> loop.allTasks().isEmpty()));
    defect("7.19", "closes sockets that it connects long after close has returned")
        .loop(loop -> {
          List<Future<SocketHandle>> connects = loop.connectSocket.results();
          closeLate(loop, _ -> connects.stream().anyMatch(it -> !it.isDone() || it.isCancelled()));
        });
    defect("7.23 also .24", "has other threads poll, too, where it does not wait")
        .loop(loop -> {
          Flag elsewhere = new Flag();
          Runnable poll = elsewhere.during(() -> PollAccess.poll(loop));
          loop.poll.insteadIf(
              wait -> wait == 0 && !elsewhere.isSet(), _ -> Thread.ofPlatform().start(poll).join());
        });
    defect("7.23", "takes another thread for each run but the first")
        .loop(loop -> {
          AtomicReference<Thread> polling = new AtomicReference<>();
          loop.poll.before(_ -> polling.set(Thread.currentThread()));
          loop.runForever.after(_ -> {
            PollAccess.endPollThread(loop);
            polling.get().join();
          });
        });
    defect("7.24", "flushes twice").loop(loop -> flushAgain(loop, _ -> true));
    defect("7.24", "flushes twice at the end of each run but the first", Turn.from(2))
        .loop(loop -> flushAgain(loop, last -> last && loop.turn().comes()));
    defect("7.25", "begins to send in the next poll")
        .loop(loop -> {
          Queue<Runnable> collected = new ArrayDeque<>();
          IoHandle submission = loop.ioHandle(() -> runAll(collected));
          loop.connections(it ->
              it.write.instead(
                  (correct, data) -> collected.add(correct.later(Buffers.copy(data)))));
          loop.poll.insteadIf(_ -> !collected.isEmpty(), _ -> submission.queue());
        });
    defect("7.25", "sends a tick later, but at first at once", Turn.from(2))
        .connections(it -> it.write.given(Buffers::copy).lateIf(it.turn(), it.loop()));
    defect("7.25", "sends half of a large write a tick later")
        .loop(loop -> halveLargeWrites(loop, Turn.always()));
    defect("7.25", "sends half of a later large write a tick later")
        .loop(loop -> halveLargeWrites(loop, Turn.from(3)));
  }

  /** Makes it once more, and closes the first. */
  public static <P, O> void twice(OpeningSeam<P, O, Server> serving) {
    serving.around((correct, wanted) -> {
      correct.call(wanted).close();
      return correct.call(wanted);
    });
  }

  /** Does something else with the waiter of a connection. */
  private static void completeInstead(MutantLoop loop, Consumer<Promise<Void>> completing) {
    loop.makeSocketTransport.around((correct, request) -> {
      Transport transport = correct.call(Requests.with(request, "waiter", Optional.empty()));
      request.waiter().ifPresent(completing);
      return transport;
    });
  }

  private static void completeLate(MutantLoop loop, Promise<Void> waiter) {
    loop.aTickLate(loop.aTickLate(loop.aTickLate(() -> MutantLoop.complete(waiter)))).run();
  }

  private static void runAll(Queue<Runnable> steps) {
    for (Runnable next = steps.poll(); next != null; next = steps.poll()) {
      next.run();
    }
  }

  private static void flushAgain(MutantLoop loop, Predicate<Boolean> isDue) {
    Flag again = new Flag();
    loop.flush.after(
        last -> !again.isSet() && isDue.test(last),
        last -> again.during(() -> PollAccess.flush(loop, last)).run());
  }

  private static void closeLate(MutantLoop loop, Predicate<Object> isLate) {
    loop.closeResources.insteadIf(
        isLate,
        (correct, _) ->
            Thread.ofVirtual()
                .start(() -> {
                  LockSupport.parkNanos(LONG.toNanos());
                  correct.later().run();
                }));
  }

  private static void halveLargeWrites(MutantLoop loop, Turn due) {
    loop.connections(it ->
        it.write.insteadIf(
            data -> data.remaining() > 100_000 && due.comes(),
            (correct, data) -> {
              ByteBuffer half = data.slice(data.position(), data.remaining() / 2);
              data.position(data.position() + half.remaining());
              ByteBuffer rest = Buffers.taken(data);
              correct.call(half);
              loop.aTickLate(correct.later(rest)).run();
            }));
  }
}
