package org.asyncio4j.tck.mutants.unix;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.OptionalLong;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.socket.PeerCredentials;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.tck.mutants.clients.ClientConnectMutants;
import org.asyncio4j.tck.mutants.clients.ClientLifeMutants;
import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 19: connections to Unix sockets. */
public final class UnixClientMutants extends Defects {

  public UnixClientMutants() {
    defect("19.2", "returns another transport")
        .loop(loop ->
            loop.createUnixConnection.returns(made -> ClientConnectMutants.another(loop, made)));

    defect("19.3", "does not name the path")
        .loop(loop ->
            loop.createUnixConnection.insteadOf(
                IOException.class, _ -> new ConnectException("Connection refused")));

    defect("19.10", "keeps connecting for a task that is cancelled")
        .loop(loop ->
            loop.connectSocket.returns(connecting -> ClientLifeMutants.detached(loop, connecting)));

    defect("19.11", "takes a full backlog for a refusal")
        .also("19.10")
        .loop(loop ->
            loop.connectSocket.returns(connecting -> {
              if (connecting.isDone()) {
                return connecting;
              }
              connecting.cancel();
              Promise<SocketHandle> refused = loop.createFuture();
              refused.setException(new ConnectException("Connection refused"));
              return refused;
            }));

    defect("19.12", "makes up the credentials of the peer")
        .connections(it ->
            it.extraInfo.around((correct, key) ->
                key == ExtraInfo.PEER_CREDENTIALS ? Optional.of(somebody()) : correct.call(key)));

    defect("19.13", "ends both directions")
        .connections(it -> it.writeEof.instead((_, _) -> it.correct().close()));
  }

  private static PeerCredentials somebody() {
    UserPrincipal user = () -> "somebody";
    GroupPrincipal group = () -> "some";
    return new PeerCredentials(user, group, OptionalLong.empty());
  }
}
