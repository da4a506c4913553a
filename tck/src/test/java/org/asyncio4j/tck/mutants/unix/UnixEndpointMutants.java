package org.asyncio4j.tck.mutants.unix;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.options.UnixDatagramOptions;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.EndpointSeams;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Requests;

/** Chapter 19: endpoints of Unix datagrams and their files. */
public final class UnixEndpointMutants extends Defects {

  public UnixEndpointMutants() {
    opening();
    files();
    cleanup();
  }

  private void opening() {
    defect("19.16", "opens an endpoint twice")
        .onEpoll()
        .loop(loop ->
            loop.createUnixDatagramEndpoint.around((correct, wanted) -> {
              if (wanted.options().localAddress().isPresent()
                  && wanted.options().remoteAddress().isPresent()) {
                correct.call(wanted.by(() -> new DatagramProtocol() {})).transport().abort();
              }
              return correct.call(wanted);
            }));

    defect("19.27", "refuses callbacks in its own way")
        .onEpoll()
        .loop(loop -> loop.refuseCallbacks(loop.createUnixDatagramEndpoint));

    defect("19.30", "makes files of abstract names")
        .onEpoll()
        .loop(loop ->
            loop.withOptions(loop.createUnixDatagramEndpoint, UnixEndpointMutants::withFiles));
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

  private void files() {
    defect("19.19", "stops at socket files")
        .also("19.22")
        .onEpoll()
        .loop(loop ->
            loop.createUnixDatagramEndpoint.before(wanted -> {
              Optional<Path> path = pathOf(wanted.options());
              if (loop.currentTask().isPresent() && path.filter(Files::exists).isPresent()) {
                throw new BindException("Address already in use: " + path.get());
              }
            }));

    defect("19.20", "deletes any file that is in the way")
        .onEpoll()
        .loop(loop ->
            loop.createUnixDatagramEndpoint.before(
                wanted -> pathOf(wanted.options()).ifPresent(Paths::delete)));

    defect("19.22", "deletes the file of its successor")
        .also("19.19", "19.23")
        .onEpoll()
        .endpoints(UnixEndpointMutants::deleteTheFileOfAnother);

    defect("19.28", "leaves the file that it has bound when it cannot connect")
        .onEpoll()
        .loop(UnixEndpointMutants::leaveTheFile);
  }

  private static void deleteTheFileOfAnother(EndpointSeams it) {
    SocketAddress address = it.request().socket().localAddress();
    Paths.of(address)
        .filter(path -> !path.toString().isEmpty())
        .ifPresent(path -> it.close.after(() -> it.loop().callSoon(() -> Paths.delete(path))));
  }

  // What has failed has deleted its file, which cannot be kept from here.
  private static void leaveTheFile(MutantLoop loop) {
    loop.createUnixDatagramEndpoint.around((correct, wanted) -> {
      try {
        return correct.call(wanted);
      } catch (IOException failure) {
        Optional<Path> path = pathOf(wanted.options());
        if (wanted.options().remoteAddress().isPresent() && path.isPresent()) {
          UnixDatagramOptions options =
              UnixDatagramOptions.boundTo(path.get()).withCleanupSocket(false);
          correct
              .call(wanted.by(() -> new DatagramProtocol() {}).with(options))
              .transport()
              .abort();
        }
        throw failure;
      }
    });
  }

  private void cleanup() {
    defect("19.21", "keeps its file").also("19.26").onEpoll().loop(loop -> cleanUp(loop, false));

    defect("19.21", "keeps its file in a closed loop")
        .onEpoll()
        .loop(loop ->
            loop.makeDatagramTransport.given(request ->
                Requests.withBeforeClose(
                    request,
                    () -> {
                      if (!loop.isClosed()) {
                        request.beforeClose().run();
                      }
                    })));

    defect("19.23", "always deletes its file")
        .also("19.19")
        .onEpoll()
        .loop(loop -> cleanUp(loop, true));
  }

  private static void cleanUp(MutantLoop loop, boolean cleanup) {
    loop.withOptions(
        loop.createUnixDatagramEndpoint, options -> options.withCleanupSocket(cleanup));
  }
}
