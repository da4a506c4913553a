package org.asyncio4j.tck.mutants.unix;

import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.asyncio4j.net.options.UnixConnectOptions;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 19: Unix servers and their files. */
public final class UnixServerMutants extends Defects {

  public UnixServerMutants() {
    defect("19.1", "does not show the path")
        .loop(loop -> loop.servers(loop.createUnixServer, it -> it.sockets.always(List.of())));

    files();

    defect("19.9", "refuses callbacks in its own way")
        .loop(loop -> loop.refuseCallbacks(loop.createUnixServer));

    defect("19.14", "makes files of abstract names")
        .able(EnumSet.complementOf(EnumSet.of(Capability.UNIX_DATAGRAM)))
        .loop(UnixServerMutants::makeFilesOfNames);

    defect("19.15", "serves twice")
        .loop(loop ->
            loop.createUnixServer.around((correct, wanted) -> {
              correct.call(wanted).close();
              return correct.call(wanted);
            }));
  }

  private static void makeFilesOfNames(MutantLoop loop) {
    loop.withOptions(
        loop.createUnixServer,
        options ->
            options.address() instanceof AbstractUnixAddress named
                ? UnixServerOptions.on(Paths.fileOf(named))
                : options);
    loop.withOptions(
        loop.createUnixConnection,
        options ->
            options.address() instanceof AbstractUnixAddress named
                ? UnixConnectOptions.to(Paths.fileOf(named))
                : options);
  }

  private void files() {
    defect("19.4", "refuses socket files")
        .loop(loop ->
            loop.createUnixServer.before(wanted -> {
              Path path = pathOf(wanted.options());
              if (loop.currentTask().isPresent() && Files.exists(path)) {
                throw new BindException("Address already in use: " + path);
              }
            }));

    defect("19.5", "deletes whatever is in the way")
        .loop(
            loop -> loop.createUnixServer.before(wanted -> Paths.delete(pathOf(wanted.options()))));

    defect("19.6", "leaves its file").also("19.44").loop(loop -> cleanUp(loop, false));

    defect("19.7", "deletes the file of another")
        .loop(loop ->
            loop.createUnixServer.around((correct, wanted) ->
                MutantLoop.served(
                    correct.call(wanted),
                    it ->
                        it.close.after(
                            () -> wanted.options().cleanupSocket(),
                            () -> Paths.delete(pathOf(wanted.options()))))));

    defect("19.8", "deletes its file always").loop(loop -> cleanUp(loop, true));
  }

  private static Path pathOf(UnixServerOptions options) {
    return Paths.of(options.address()).orElseThrow();
  }

  private static void cleanUp(MutantLoop loop, boolean cleanup) {
    loop.withOptions(loop.createUnixServer, options -> options.withCleanupSocket(cleanup));
  }
}
