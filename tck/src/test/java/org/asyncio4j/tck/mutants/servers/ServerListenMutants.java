package org.asyncio4j.tck.mutants.servers;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.NetworkSeams.Opening;
import org.asyncio4j.tck.mutants.harness.Requests;
import org.asyncio4j.tck.mutants.harness.Seam.Body;

/** Chapter 9: listening sockets. */
public final class ServerListenMutants extends Defects {

  // Of no machine.
  private static final String NOWHERE = "192.0.2.1";

  public ServerListenMutants() {
    states();
    addresses();
    options();
    failures();
  }

  private void states() {
    defect("9.1", "never counts as serving")
        .also("9.4", "9.14", "9.28", "9.29")
        .servers(it -> it.isServing.always(false));

    defect("9.4", "starts at once")
        .also("9.40", "9.41")
        .loop(
            loop -> loop.withOptions(loop.createServer, options -> options.withStartServing(true)));

    defect("9.7", "hands out sockets that can be closed")
        .servers(
            it -> it.sockets.returns(all -> all.stream().<TransportSocket>map(Open::new).toList()));

    defect("9.10", "refuses callbacks in its own way")
        .loop(loop -> loop.refuseCallbacks(loop.createServer));
  }

  private void addresses() {
    defect("9.2", "serves one family only")
        .loop(loop ->
            loop.withOptions(
                loop.createServer,
                options ->
                    options.hosts().isEmpty() ? options.withHosts(List.of("0.0.0.0")) : options));

    defect("9.3", "binds an address as often as it is named")
        .loop(loop ->
            loop.createServer.around((correct, wanted) ->
                isNamedTwice(wanted) ? bindTwice(correct, wanted) : correct.call(wanted)));

    defect("9.11", "serves somewhere else")
        .loop(loop ->
            loop.createServer.around((correct, wanted) -> {
              try {
                return correct.call(wanted);
              } catch (BindException failure) {
                if (wanted.options().hosts().contains(NOWHERE)) {
                  return correct.call(wanted.changed(it -> it.withHosts(List.of("127.0.0.1"))));
                }
                throw failure;
              }
            }));
  }

  private static boolean isNamedTwice(Opening<StreamProtocol, ServerOptions> wanted) {
    List<String> hosts = wanted.options().hosts();
    return new HashSet<>(hosts).size() < hosts.size();
  }

  private static Server bindTwice(
      Body<Opening<StreamProtocol, ServerOptions>, Server> correct,
      Opening<StreamProtocol, ServerOptions> wanted)
      throws Throwable {
    Server first = correct.call(wanted.changed(it -> it.withReusePort(true)));
    Server second = correct.call(wanted.changed(it -> it.withReusePort(true)));
    return MutantLoop.served(
        first,
        it -> it.sockets.returns(own -> List.of(own.getFirst(), second.sockets().getFirst())));
  }

  private void options() {
    defect("9.8", "reuses addresses always")
        .loop(loop -> loop.bindSocket.given(Requests::withReuseAddress));

    defect("9.9", "does not share ports")
        .loop(loop -> loop.withOptions(loop.createServer, options -> options.withReusePort(false)));
  }

  private void failures() {
    defect("9.5", "does not name an address that is taken")
        .also("9.6")
        .loop(loop ->
            loop.createServer.insteadOf(
                BindException.class,
                failure ->
                    failure.getMessage().contains(NOWHERE)
                        ? failure
                        : new BindException("Address in use")));

    defect("9.6", "leaves a socket bound when the next one cannot be")
        .loop(loop ->
            loop.createServer.around((correct, wanted) -> {
              try {
                return correct.call(wanted);
              } catch (BindException failure) {
                bindAndLeave(loop, wanted.options());
                throw failure;
              }
            }));
  }

  // What has failed has closed its sockets, which cannot be kept from here.
  private static void bindAndLeave(MutantLoop loop, ServerOptions options) throws Throwable {
    if (options.hosts().size() > 1) {
      var ignored =
          loop.bindSocket(
              Requests.bindTo(
                  new InetSocketAddress(options.hosts().getFirst(), options.port()), 1));
    }
  }

  private record Open(TransportSocket socket) implements TransportSocket, AutoCloseable {

    @Override
    public SocketAddress localAddress() {
      return socket.localAddress();
    }

    @Override
    public Optional<SocketAddress> remoteAddress() {
      return socket.remoteAddress();
    }

    @Override
    public <T> T option(SocketOption<T> option) throws IOException {
      return socket.option(option);
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
      socket.setOption(option, value);
    }

    @Override
    public void close() {}
  }
}
