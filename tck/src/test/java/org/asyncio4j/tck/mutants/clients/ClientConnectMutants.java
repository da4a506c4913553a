package org.asyncio4j.tck.mutants.clients;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.probe.KitNames;

/** Chapter 8: how a connection comes about. */
public final class ClientConnectMutants extends Defects {

  public ClientConnectMutants() {
    protocols();
    addresses();
    failures();

    defect("8.9", "looks literals up")
        .also("8.12")
        .loop(loop ->
            loop.createConnection.before(
                () -> loop.currentTask().isPresent(),
                () ->
                    loop.<InetAddress>runInExecutor(() -> InetAddress.ofLiteral("127.0.0.1"))
                        .await()));
  }

  private void protocols() {
    defect("8.1", "returns another transport")
        .loop(loop -> loop.createConnection.returns(made -> another(loop, made)));

    defect("8.2", "makes the protocol before there is a connection")
        .also("8.7", "8.10", "8.11", "8.12", "8.14", "8.18")
        .loop(loop ->
            loop.createConnection.given(wanted -> {
              StreamProtocol protocol = wanted.factory().get();
              return wanted.by(() -> protocol);
            }));
  }

  /** {@return a connection whose transport is not the one that the protocol knows} */
  public static Connection<StreamProtocol> another(
      MutantLoop loop, Connection<StreamProtocol> made) {
    return new Connection<>(loop.shown(made.transport(), _ -> {}), made.protocol());
  }

  private void addresses() {
    defect("8.4", "tries the first address only")
        .also("8.5")
        .loop(loop ->
            loop.withOptions(
                loop.createConnection,
                options ->
                    options.host().equals(KitNames.SEVERAL)
                        ? ConnectOptions.to("::1", options.port())
                        : options));

    defect("8.6", "ignores the local address")
        .also("8.7", "8.8")
        .loop(loop ->
            loop.withOptions(loop.createConnection, ClientConnectMutants::withoutLocalAddress));

    defect("8.8", "ignores local addresses of another family")
        .loop(loop ->
            loop.withOptions(
                loop.createConnection,
                options -> isLocallyIpv6(options) ? withoutLocalAddress(options) : options));
  }

  private static boolean isLocallyIpv6(ConnectOptions options) {
    return options.localAddress().filter(it -> it.getAddress() instanceof Inet6Address).isPresent();
  }

  private static ConnectOptions withoutLocalAddress(ConnectOptions options) {
    ConnectOptions changed =
        ConnectOptions.to(options.host(), options.port())
            .withoutHappyEyeballs()
            .withFirstFamilyCount(options.firstFamilyCount());
    if (options.happyEyeballsDelay().isPresent()) {
      changed = changed.withHappyEyeballsDelay(options.happyEyeballsDelay().get());
    }
    if (options.nameResolution().isPresent()) {
      changed = changed.withNameResolution(options.nameResolution().get());
    }
    return options.tls().map(changed::withTls).orElse(changed);
  }

  private void failures() {
    defect("8.3", "names no address when a connect is refused")
        .loop(loop ->
            loop.createConnection.insteadOf(
                ConnectException.class,
                failure -> {
                  ConnectException vague = new ConnectException("Connection refused");
                  for (Throwable other : failure.getSuppressed()) {
                    vague.addSuppressed(other);
                  }
                  return vague;
                }));

    defect("8.5", "reports the first failure only")
        .loop(loop ->
            loop.createConnection.insteadOf(
                ConnectException.class, failure -> new ConnectException(failure.getMessage())));

    defect("8.7", "names no local address when a bind is refused")
        .loop(loop ->
            loop.createConnection.insteadOf(
                BindException.class, _ -> new BindException("Address in use")));

    defect("8.10", "throws a plain IOException for an unknown host")
        .loop(loop ->
            loop.createConnection.insteadOf(
                UnknownHostException.class, failure -> new IOException("Connect failed", failure)));

    defect("8.11", "refuses callbacks in its own way")
        .loop(loop -> loop.refuseCallbacks(loop.createConnection));
  }
}
