package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.PeerCredentials;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.UnixConnectOptions;
import org.asyncio4j.spi.ConnectSocketRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketHandle;
import org.asyncio4j.spi.SocketTransportRequest;

/** Defects of chapter 19 that concern connections. */
final class UnixClientMutants {

  private UnixClientMutants() {}

  /** Returns another transport than the one that the protocol was told of. */
  @Defect(breaks = "19.2")
  static final class ReturnsAnotherTransport extends NetworkMutant {

    ReturnsAnotherTransport(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createUnixConnection(
        Supplier<? extends P> protocolFactory, UnixConnectOptions options) throws IOException {
      Connection<P> made = super.createUnixConnection(protocolFactory, options);
      return new Connection<>(new ForwardingTransport(made.transport()), made.protocol());
    }
  }

  /** Says that a connect was refused but not where. */
  @Defect(breaks = "19.3")
  static final class DoesNotNameThePath extends NetworkMutant {

    DoesNotNameThePath(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createUnixConnection(
        Supplier<? extends P> protocolFactory, UnixConnectOptions options) throws IOException {
      try {
        return super.createUnixConnection(protocolFactory, options);
      } catch (IOException failure) {
        throw new ConnectException("Connection refused");
      }
    }
  }

  /** Connects on behalf of a task that does not want it any more. */
  @Defect(breaks = "19.10")
  static final class KeepsConnecting extends NetworkMutant {

    KeepsConnecting(LoopContext context) {
      super(context);
    }

    @Override
    protected Future<SocketHandle> connectSocket(ConnectSocketRequest request) {
      Promise<SocketHandle> outer = createFuture();
      super.connectSocket(request)
          .addDoneCallback(inner -> {
            if (!outer.isDone() && inner.exception().isEmpty()) {
              outer.setResult(inner.result());
            } else if (!outer.isDone()) {
              outer.setException(inner.exception().orElseThrow());
            }
          });
      return outer;
    }
  }

  /** Takes a full backlog for a refusal. */
  @Defect(breaks = "19.11", also = "19.10")
  static final class GivesUpAtOnce extends NetworkMutant {

    GivesUpAtOnce(LoopContext context) {
      super(context);
    }

    @Override
    protected Future<SocketHandle> connectSocket(ConnectSocketRequest request) {
      Future<SocketHandle> connecting = super.connectSocket(request);
      if (!connecting.isDone()) {
        connecting.cancel();
        Promise<SocketHandle> refused = createFuture();
        refused.setException(new ConnectException("Connection refused"));
        return refused;
      }
      return connecting;
    }
  }

  /** Takes everybody for the same. */
  @Defect(breaks = "19.12")
  static final class GuessesWhoThePeerIs extends NetworkMutant {

    GuessesWhoThePeerIs(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      return new Tampering() {
        @Override
        public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
          return key == ExtraInfo.PEER_CREDENTIALS
              ? Optional.of(key.type().cast(somebody()))
              : super.extraInfo(key);
        }
      }.open(this, request, super::makeSocketTransport);
    }

    private static PeerCredentials somebody() {
      UserPrincipal user = () -> "somebody";
      GroupPrincipal group = () -> "some";
      return new PeerCredentials(user, group, OptionalLong.empty());
    }
  }

  /** Closes both directions where one is meant. */
  @Defect(breaks = "19.13")
  static final class EndsBothDirections extends NetworkMutant {

    EndsBothDirections(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      return new Tampering() {
        @Override
        public void writeEof() {
          inner().close();
        }
      }.open(this, request, super::makeSocketTransport);
    }
  }
}
