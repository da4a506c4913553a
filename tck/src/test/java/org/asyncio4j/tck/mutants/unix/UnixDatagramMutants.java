package org.asyncio4j.tck.mutants.unix;

import module java.base;

import org.asyncio4j.core.Task;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.options.UnixDatagramOptions;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 19: Unix datagrams. */
public final class UnixDatagramMutants extends Defects {

  public UnixDatagramMutants() {
    super(Defect::onEpoll);
    defect("19.16", "opens an endpoint twice")
        .loop(loop ->
            loop.createUnixDatagramEndpoint.around((correct, wanted) -> {
              if (wanted.options().localAddress().isPresent()
                  && wanted.options().remoteAddress().isPresent()) {
                correct.call(wanted.by(() -> new DatagramProtocol() {})).transport().abort();
              }
              return correct.call(wanted);
            }));
    // There is room for the longest datagram of UDP.
    defect("19.17", "cuts Unix datagrams")
        .endpoints(it -> it.datagramReceived.before(got -> Buffers.cut(got.data(), 65_536)));
    defect(
            "19.18 also .19, .22, .24, .26, .29, .30, .31, .32, .34",
            "drops what comes from no address")
        .endpoints(it ->
            it.datagramReceived.unless(got -> got.from().equals(UnixDomainSocketAddress.of(""))));
    defect("19.19 also .22", "stops at socket files")
        .loop(loop ->
            loop.createUnixDatagramEndpoint.before(wanted -> {
              Optional<Path> path = pathOf(wanted.options());
              if (loop.currentTask().isPresent() && path.filter(Files::exists).isPresent()) {
                throw new BindException("Address already in use: " + path.get());
              }
            }));
    defect("19.20", "deletes any file that is in the way")
        .loop(loop ->
            loop.createUnixDatagramEndpoint.before(
                wanted -> pathOf(wanted.options()).ifPresent(Paths::delete)));
    defect("19.21 also .26", "keeps its file").loop(loop -> cleanUp(loop, false));
    defect("19.21", "keeps its file in a closed loop")
        .loop(loop ->
            loop.makeDatagramTransport.with(
                "beforeClose",
                request ->
                    (Runnable)
                        () -> {
                          if (!loop.isClosed()) {
                            request.beforeClose().run();
                          }
                        }));
    defect("19.22 also .19, .23", "deletes the file of its successor")
        .endpoints(it -> {
          SocketAddress address = it.request().socket().localAddress();
          Paths.of(address)
              .filter(path -> !path.toString().isEmpty())
              .ifPresent(path -> it.close.after(_ -> it.loop().callSoon(() -> Paths.delete(path))));
        });
    defect("19.23 also .19", "always deletes its file").loop(loop -> cleanUp(loop, true));
    defect("19.24", "forgets to resume")
        .endpoints(it -> it.resumeWriting.unless(_ -> it.isConnected()));
    defect("19.24", "forgets to resume a connected sender the second time")
        .endpoints(it -> {
          Turn late = Turn.from(2);
          it.resumeWriting.unless(_ -> it.isConnected() && late.comes());
        });
    defect("19.24 also .29", "repeats the first datagram that a connected receiver held up")
        .endpoints(it ->
            it.sendTo.instead((correct, sending) -> {
              boolean behind = it.correct().writeBufferSize() > 0;
              ByteBuffer again = sending.data().duplicate();
              correct.call(sending);
              if (it.isConnected() && !behind && it.correct().writeBufferSize() > 0) {
                correct.call(sending.of(again));
              }
            }));
    defect("19.24 also .25, .29, .33", "queues one datagram for a receiver that is behind")
        .endpoints(it ->
            it.sendTo.insteadIf(
                _ -> it.correct().writeBufferSize() != 0, sending -> sending.take()));
    defect("19.25", "spins while a receiver is behind")
        .endpoints(it ->
            it.sendTo.after(
                sending -> sending.to() != null,
                _ -> it.loop().spin(_ -> it.correct().writeBufferSize() > 0)));
    defect("19.25", "spins while a receiver is behind for the second time")
        .endpoints(it -> {
          Turn late = Turn.from(2);
          Flag again = new Flag();
          it.pauseWriting.before(_ -> again.put(!it.isConnected() && late.comes()));
          it.sendTo.after(again, _ -> it.loop().spin(_ -> it.correct().writeBufferSize() > 0));
        });
    defect("19.26", "ends with its receiver")
        .endpoints(it -> it.errorReceived.after(_ -> it.correct().abort()));
    defect("19.26", "ends when nothing receives for the second time")
        .endpoints(it -> it.errorReceived.after(Turn.from(2), _ -> it.correct().abort()));
    defect("19.27", "refuses callbacks in its own way")
        .loop(loop -> loop.refuseCallbacks(loop.createUnixDatagramEndpoint));
    defect("19.28", "leaves the file that it has bound when it cannot connect")
        .loop(loop ->
            loop.createUnixDatagramEndpoint.onFailure(
                IOException.class,
                (_, wanted) -> {
                  Optional<Path> path = pathOf(wanted.options());
                  if (wanted.options().remoteAddress().isPresent() && path.isPresent()) {
                    UnixDatagramOptions bound =
                        UnixDatagramOptions.boundTo(path.get()).withCleanupSocket(false);
                    loop.createUnixDatagramEndpoint(() -> new DatagramProtocol() {}, bound)
                        .transport()
                        .abort();
                  }
                }));
    defect("19.29", "drops what is queued when it is closed")
        .endpoints(it -> it.close.instead(_ -> it.correct().abort()));
    defect("19.29", "drops what is queued when a second endpoint is closed")
        .loop(loop -> {
          Turn late = Turn.from(2);
          loop.endpoints(it -> it.close.insteadIf(late, _ -> it.correct().abort()));
        });
    defect("19.30", "makes files of abstract names")
        .loop(loop -> loop.createUnixDatagramEndpoint.options(UnixDatagramMutants::withFiles));
    // One datagram is sent after the other.
    defect("19.31", "takes datagrams before the system does")
        .datagramSockets(it -> {
          AsyncLock sending = new AsyncLock();
          it.sendTo.around((correct, datagram) ->
              it.loop()
                  .ahead(() -> {
                    try (var held = sending.hold()) {
                      return correct.quietly(datagram);
                    }
                  }));
        });
    defect("19.31 also .34", "drops what the system does not take")
        .datagramSockets(it ->
            it.sendTo.instead((correct, datagram) -> {
              Task<Object> trying = it.loop().createTask(() -> correct.quietly(datagram));
              Awaiter.yieldOnce();
              Awaiter.yieldOnce();
              if (trying.cancel()) {
                Awaiter.yieldOnce();
              } else {
                Object ignored = trying.awaitThrowing(IOException.class);
              }
            }));
    defect("19.32", "drops what it cannot send")
        .endpoints(it ->
            it.sendTo.catching(IllegalArgumentException.class, (_, sending) -> sending.take()));
    defect("19.33", "keeps the memory of what waits")
        .endpoints(it ->
            it.sendTo.insteadIf(
                sending -> it.correct().writeBufferSize() > 0 && sending.data().isDirect(),
                (correct, sending) -> it.callSoon(correct.later(sending.taken()))));
    defect("19.33", "drops what it cannot queue")
        .endpoints(it ->
            it.sendTo.onlyIf(sending ->
                it.correct().writeBufferSize() == 0 || Buffers.isUsable(sending.data())));
    defect("19.34", "sends a copy")
        .datagramSockets(it -> it.sendTo.with("data", sending -> Buffers.copy(sending.data())));
    defect("19.34", "forgets what was freed")
        .datagramSockets(it -> it.sendTo.swallowing(IllegalStateException.class));
  }

  private static UnixDatagramOptions withFiles(UnixDatagramOptions options) {
    UnixDatagramOptions changed = options;
    if (options.localAddress().orElse(null) instanceof AbstractUnixAddress local) {
      changed = changed.withLocalAddress(UnixDomainSocketAddress.of(Paths.fileOf(local)));
    }
    if (options.remoteAddress().orElse(null) instanceof AbstractUnixAddress remote) {
      changed = changed.withRemoteAddress(UnixDomainSocketAddress.of(Paths.fileOf(remote)));
    }
    return changed;
  }

  private static Optional<Path> pathOf(UnixDatagramOptions options) {
    return options.localAddress().flatMap(Paths::of);
  }

  private static void cleanUp(MutantLoop loop, boolean cleanup) {
    loop.createUnixDatagramEndpoint.options(options -> options.withCleanupSocket(cleanup));
  }
}
