package org.asyncio4j.tck.mutants.sockets;

import module java.base;

import org.asyncio4j.Asyncio;
import org.asyncio4j.net.*;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 20: sending files. */
public final class SendFileMutants extends Defects {

  private static final int MEGABYTE = 1 << 20;

  public SendFileMutants() {
    defect("20.43 also .47, .48, .49, .51, .52, .54", "sends one megabyte")
        .loop(loop ->
            loop.sendFile.with(
                "region",
                it ->
                    it.region()
                        .withCount(Math.min(it.region().count().orElse(MEGABYTE), MEGABYTE))));
    defect("20.44", "does not wait for what was written before")
        .loop(loop ->
            loop.sendFile.refuse(
                it -> it.transport().writeBufferSize() > 0,
                _ -> new IllegalStateException("there is something to write")));
    defect("20.45", "takes a count of none for no count")
        .loop(loop ->
            loop.sendFile.withIf(
                it -> it.region().count().orElse(1) == 0,
                "region",
                it -> it.region().withCount(Long.MAX_VALUE)));
    defect("20.46 also .52", "leaves channels where they were")
        .loop(loop ->
            loop.sendFile.around((correct, it) -> {
              if (!(it.region().file() instanceof FileRegion.OfChannel(FileChannel channel))) {
                return correct.call(it);
              }
              long before = channel.position();
              try {
                return correct.call(it);
              } finally {
                channel.position(before);
              }
            }));
    defect("20.47 also .49", "reads every file")
        .loop(loop ->
            loop.copyFile.refuse(_ -> true, _ -> new SendFileNotAvailableException("not today")));
    defect("20.48", "queues files")
        .loop(loop -> {
          Map<Transport, AsyncLock> locks = new IdentityHashMap<>();
          loop.sendFile.around((correct, it) -> {
            AsyncLock lock = locks.computeIfAbsent(it.transport(), _ -> new AsyncLock());
            try (var held = lock.hold()) {
              return correct.call(it);
            }
          });
        });
    defect("20.49 also .55", "closes at once whatever is on its way")
        .loop(loop -> {
          loop.connections(it -> it.close.instead(_ -> it.correct().abort()));
          loop.copyFile.with("transport", it -> Decorated.undecorated(it.transport()));
        });
    defect("20.50", "takes a closing connection for a lost one")
        .loop(loop ->
            loop.sendFile.refuse(
                it -> it.transport().isClosing(), _ -> new SocketException("Broken pipe")));
    defect("20.51", "takes a loss for the end of the file")
        .loop(loop ->
            loop.sendFile.swallowing(
                IOException.class,
                failure ->
                    !(failure instanceof NoSuchFileException)
                        && !(failure instanceof SendFileNotAvailableException)));
    defect("20.52", "goes on when it is cancelled")
        .loop(loop ->
            loop.sendFile.around((correct, it) ->
                Asyncio.shield(loop.createTask(() -> correct.quietly(it)))
                    .awaitThrowing(IOException.class)));
    defect("20.53", "takes a missing file for an empty one")
        .loop(loop -> loop.sendFile.swallowing(NoSuchFileException.class));
    defect("20.54 also .49, .51", "runs nothing else until a file is sent")
        .loop(loop -> {
          List<Runnable> waiting = new ArrayList<>();
          Flag sending = new Flag();
          loop.callSoon.givenIf(sending, callback -> () -> waiting.add(callback));
          loop.callSoonIn.givenIf(sending, it -> it.calling(() -> waiting.add(it.callback())));
          loop.sendFile.around((correct, it) -> {
            sending.set();
            try {
              return correct.call(it);
            } finally {
              sending.clear();
              waiting.forEach(loop::callSoon);
              waiting.clear();
            }
          });
        });
    defect("20.55", "never reads files").loop(loop -> loop.sendFile.with("fallback", _ -> false));
    defect("20.56", "sends one megabyte by sockets")
        .sockets(it -> it.sendFile.with("region", file -> file.region().withCount(MEGABYTE)));
    defect("20.56", "skips a byte by sockets")
        .sockets(it -> it.sendFile.with("region", file -> file.region().withOffset(1)));
    defect("20.56 also .57", "drops what others send")
        .sockets(it -> it.send.swallowing(IllegalStateException.class));
  }
}
