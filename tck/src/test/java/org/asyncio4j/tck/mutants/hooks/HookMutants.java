package org.asyncio4j.tck.mutants.hooks;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.net.*;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 7: hooks. */
public final class HookMutants extends Defects {

  private static final Duration A_WHILE = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMillis(1_500);

  public HookMutants() {
    defect("7.1 also .5, .6, .19", "connects without the hooks that others observe")
        .loop(loop ->
            loop.createConnection.around((_, wanted) -> new HomemadeConnect(loop).run(wanted)));
    defect("7.2 also .3", "binds twice")
        .loop(loop ->
            loop.createServer.around((correct, wanted) -> {
              correct.call(wanted).close();
              return correct.call(wanted);
            }));
    defect("7.3", "changes the backlog")
        .loop(loop ->
            loop.createServer.options(options -> options.withBacklog(options.backlog() + 1)));

    defect("7.4 also .5", "calls connectionMade within the hook")
        .loop(loop -> {
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
        });

    defect("7.5", "completes the waiter late")
        .loop(loop ->
            loop.makeSocketTransport.around((correct, request) -> {
              Transport transport =
                  correct.call(Requests.with(request, "waiter", Optional.empty()));
              completeLate(loop, request);
              return transport;
            }));
    defect("7.6", "completes a cancelled waiter")
        .loop(loop ->
            loop.makeSocketTransport.around((correct, request) -> {
              Transport transport =
                  correct.call(Requests.with(request, "waiter", Optional.empty()));
              request.waiter().ifPresent(it -> loop.callSoon(() -> it.setResult(null)));
              return transport;
            }));
    defect("7.7", "binds elsewhere if a port is taken")
        .loop(loop ->
            loop.bindSocket.around((correct, request) -> {
              try {
                return correct.call(request);
              } catch (BindException taken) {
                InetSocketAddress address = (InetSocketAddress) request.address();
                InetSocketAddress other = new InetSocketAddress(address.getAddress(), 0);
                return correct.call(
                    Requests.with(Requests.bindTo(other, request.backlog()), "reuseAddress", true));
              }
            }));

    defect("7.8", "runs callbacks of other threads in poll")
        .loop(loop -> {
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
              it.owner().ifPresent(owner -> owner.detach(it.correct()));
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
        .loop(loop ->
            loop.makeSocketTransport.given(it -> Requests.with(it, "context", Context.empty())));
    defect("7.14", "declares that it can half-close but cannot")
        .connections(it -> it.canWriteEof.always(false));
    defect("7.15", "does more than it declares").declaring(Set.of()).loop(_ -> {});
    defect("7.16", "stops its servers when everything was given back already")
        .loop(loop -> {
          List<Server> servers = new ArrayList<>();
          loop.createServer.withResult(server -> servers.add(server));
          loop.close.after(() -> servers.forEach(Server::close));
        });
    defect("7.17", "calls connectionLost when it closes")
        .loop(loop -> {
          List<StreamProtocol> protocols = new ArrayList<>();
          loop.makeSocketTransport.before(request -> protocols.add(request.protocol()));
          loop.closeResources.after(() -> protocols.forEach(it -> it.connectionLost(null)));
        });
    defect("7.18 also .19", "closes its sockets long after close has returned")
        .loop(loop -> closeLate(loop, () -> loop.allTasks().isEmpty()));
    defect("7.19", "closes sockets that it connects long after close has returned")
        .loop(loop -> {
          List<Future<?>> connects = new ArrayList<>();
          loop.connectSocket.withResult(connecting -> connects.add(connecting));
          closeLate(loop, () -> connects.stream().anyMatch(it -> !it.isDone() || it.isCancelled()));
        });

    defect("7.23 also .24", "has other threads poll, too, where it does not wait")
        .loop(loop -> {
          Flag elsewhere = new Flag();
          loop.poll.insteadIf(
              wait -> wait == 0 && !elsewhere.isSet(),
              _ -> {
                elsewhere.set();
                Thread.ofPlatform()
                    .start(() -> {
                      try {
                        PollAccess.poll(loop);
                      } catch (IOException failure) {
                        throw new IllegalStateException(failure);
                      }
                    })
                    .join();
                elsewhere.clear();
              });
        });

    defect("7.23", "takes another thread for each run but the first")
        .loop(loop -> {
          AtomicReference<Thread> polling = new AtomicReference<>();
          loop.poll.before(() -> polling.set(Thread.currentThread()));
          loop.runForever.after(() -> {
            PollAccess.endPollThread(loop);
            polling.get().join();
          });
        });
    defect("7.24", "flushes twice").loop(loop -> flushAgain(loop, Turn.always(), false));
    defect("7.24", "flushes twice at the end of each run but the first")
        .loop(loop -> flushAgain(loop, Turn.from(2), true));

    defect("7.25", "begins to send in the next poll")
        .loop(loop -> {
          Queue<Runnable> collected = new ArrayDeque<>();
          IoHandle submission =
              loop.ioHandle(() -> {
                for (Runnable next = collected.poll(); next != null; next = collected.poll()) {
                  next.run();
                }
              });
          loop.connections((ConnectionSeams it) ->
              it.write.instead((correct, data) -> collected.add(correct.later(copied(data)))));
          loop.poll.insteadIf(() -> !collected.isEmpty(), () -> submission.queue());
        });

    defect("7.25", "sends a tick later, but at first at once")
        .connections(it -> {
          Turn late = Turn.from(2);
          it.write.instead((correct, data) -> {
            Runnable write = correct.later(copied(data));
            (late.comes() ? it.loop().aTickLate(write) : write).run();
          });
        });
    defect("7.25", "sends half of a large write a tick later")
        .loop(loop -> halveLargeWrites(loop, Turn.always()));
    defect("7.25", "sends half of a later large write a tick later")
        .loop(loop -> halveLargeWrites(loop, Turn.from(3)));
  }

  private static void halveLargeWrites(MutantLoop loop, Turn due) {
    loop.connections(it ->
        it.write.instead((correct, data) -> {
          if (data.remaining() > 100_000 && due.comes()) {
            ByteBuffer half = data.slice(data.position(), data.remaining() / 2);
            data.position(data.position() + half.remaining());
            ByteBuffer rest = copied(data);
            correct.call(half);
            loop.aTickLate(correct.later(rest)).run();
          } else {
            correct.call(data);
          }
        }));
  }

  private static void completeLate(MutantLoop loop, SocketTransportRequest request) {
    request
        .waiter()
        .ifPresent(it ->
            loop.aTickLate(loop.aTickLate(loop.aTickLate(() -> MutantLoop.complete(it)))).run());
  }

  private static void flushAgain(MutantLoop loop, Turn due, boolean onlyLast) {
    Flag again = new Flag();
    loop.flush.after(
        last -> !again.isSet() && (last || !onlyLast) && due.comes(),
        last -> {
          again.set();
          PollAccess.flush(loop, last);
          again.clear();
        });
  }

  private static ByteBuffer copied(ByteBuffer data) {
    return ByteBuffer.allocate(data.remaining()).put(data).flip();
  }

  private static void closeLate(MutantLoop loop, BooleanSupplier isLate) {
    loop.closeResources.insteadIf(
        isLate,
        (correct, _) ->
            Thread.ofVirtual()
                .start(() -> {
                  LockSupport.parkNanos(LONG.toNanos());
                  correct.later().run();
                }));
  }
}
