package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.util.function.Supplier;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.UnixServerOptions;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketHandle;

/** Defects of chapter 19 that concern limits of connections. */
final class UnixLimitMutants {

  private UnixLimitMutants() {}

  /** Forgets the limit of Unix servers. */
  @Defect(breaks = "19.46")
  static final class ForgetsTheLimitOfAPath extends NetworkMutant {

    ForgetsTheLimitOfAPath(LoopContext context) {
      super(context);
    }

    @Override
    public Server createUnixServer(
        Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
        throws IOException {
      return super.createUnixServer(protocolFactory, options.withMaxConnections(Integer.MAX_VALUE));
    }
  }

  /** Forgets the limit of the second Unix server. */
  @Defect(breaks = "19.46")
  static final class ForgetsTheLimitOfTheSecondServer extends NetworkMutant {

    private int servers;

    ForgetsTheLimitOfTheSecondServer(LoopContext context) {
      super(context);
    }

    @Override
    public Server createUnixServer(
        Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
        throws IOException {
      return super.createUnixServer(
          protocolFactory,
          ++servers == 1 ? options : options.withMaxConnections(Integer.MAX_VALUE));
    }
  }

  /** Pauses listeners of TCP only. */
  @Defect(breaks = "19.46")
  static final class DoesNotPauseOnAPath extends NetworkMutant {

    DoesNotPauseOnAPath(LoopContext context) {
      super(context);
    }

    @Override
    protected void pauseServing(SocketHandle listener) {
      if (!isUnix(listener)) {
        super.pauseServing(listener);
      }
    }
  }

  /** Goes on with listeners of TCP only. */
  @Defect(breaks = "19.46")
  static final class DoesNotResumeOnAPath extends NetworkMutant {

    DoesNotResumeOnAPath(LoopContext context) {
      super(context);
    }

    @Override
    protected void resumeServing(SocketHandle listener) {
      if (!isUnix(listener)) {
        super.resumeServing(listener);
      }
    }
  }

  private static boolean isUnix(SocketHandle listener) {
    return listener.localAddress() instanceof UnixDomainSocketAddress;
  }
}
