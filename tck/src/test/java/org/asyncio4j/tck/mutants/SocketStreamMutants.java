package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.AsyncServerSocket;
import org.asyncio4j.net.AsyncSocket;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketRequest;
import org.asyncio4j.tck.mutants.Altered.Alteration;

/** Defects of chapter 20 that concern what stream sockets do. */
final class SocketStreamMutants {

  private SocketStreamMutants() {}

  /** Cannot send any more once it has received. */
  @Defect(breaks = "20.1", also = "20.57")
  static final class SendsOrReceives extends SocketMutant {

    SendsOrReceives(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      AtomicBoolean received = new AtomicBoolean();
      return Map.of(
          "receive",
          args -> {
            int count = real.receive((ByteBuffer) args[0]);
            received.set(true);
            return count;
          },
          "sendAll",
          args -> {
            if (!received.get()) {
              real.sendAll((ByteBuffer) args[0]);
            }
            return null;
          });
    }
  }

  /** Takes a peer that says nothing for one that will say nothing. */
  @Defect(
      breaks = "20.2",
      also = {"20.5", "20.12", "20.13", "20.14", "20.17", "20.23", "20.28", "20.38"})
  static final class TakesSilenceForTheEnd extends SocketMutant {

    TakesSilenceForTheEnd(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "receive",
          args -> {
            if (currentTask().isEmpty()) {
              return real.receive((ByteBuffer) args[0]);
            }
            Task<Integer> trying = createTask(() -> real.receive((ByteBuffer) args[0]));
            for (int turn = 0; turn < 3 && !trying.isDone(); turn++) {
              Awaiter.yieldOnce();
            }
            if (!trying.isDone()) {
              boolean ignored = trying.cancel();
              Awaiter.yieldOnce();
              return -1;
            }
            return trying.awaitThrowing(IOException.class);
          });
    }
  }

  /** Reads as much as it can, and drops what does not fit. */
  @Defect(
      breaks = "20.3",
      also = {"20.57", "20.58", "20.62"})
  static final class DropsWhatDoesNotFit extends SocketMutant {

    DropsWhatDoesNotFit(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "receive",
          args -> {
            ByteBuffer target = (ByteBuffer) args[0];
            ByteBuffer read = ByteBuffer.allocate(8 * 1024);
            int count = real.receive(read);
            read.flip().limit(Math.min(read.limit(), target.remaining()));
            int taken = read.remaining();
            target.put(read);
            return count < 0 ? count : taken;
          });
    }
  }

  /** Tells the end of the stream as nothing to read. */
  @Defect(breaks = "20.4")
  static final class TellsTheEndAsNothing extends SocketMutant {

    TellsTheEndAsNothing(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of("receive", args -> Math.max(0, real.receive((ByteBuffer) args[0])));
    }
  }

  /** Sends what the system takes, and takes it for all. */
  @Defect(
      breaks = "20.5",
      also = {"20.15", "20.16", "20.59"})
  static final class SendsOnce extends SocketMutant {

    SendsOnce(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "sendAll",
          args -> {
            ByteBuffer data = (ByteBuffer) args[0];
            int ignored = real.send(data);
            data.position(data.limit());
            return null;
          });
    }
  }

  /** Does not ask how a connect has ended. */
  @Defect(breaks = "20.6")
  static final class TakesRefusalForSuccess extends SocketMutant {

    TakesRefusalForSuccess(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "connect",
          args -> {
            try {
              real.connect((SocketAddress) args[0]);
            } catch (ConnectException refused) {
              return null;
            }
            return null;
          });
    }
  }

  /** Wants addresses that are resolved. */
  @Defect(breaks = "20.7")
  static final class DoesNotLookUpNames extends SocketMutant {

    DoesNotLookUpNames(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "connect",
          args -> {
            if (args[0] instanceof InetSocketAddress address && address.isUnresolved()) {
              throw new UnresolvedAddressException();
            }
            real.connect((SocketAddress) args[0]);
            return null;
          });
    }
  }

  /** Drops the first connection if it had to wait for it. */
  @Defect(breaks = "20.8", also = "20.11")
  static final class LosesTheConnectionThatItWaitedFor extends SocketMutant {

    LosesTheConnectionThatItWaitedFor(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofServer(AsyncServerSocket real) {
      return Map.of(
          "accept",
          args -> {
            AtomicBoolean waited = new AtomicBoolean();
            if (currentTask().isPresent()) {
              callSoon(() -> waited.set(true));
            }
            AsyncSocket accepted = real.accept();
            if (waited.get()) {
              accepted.close();
            }
            return accepted;
          });
    }
  }

  /** Knows only one way to end a connection. */
  @Defect(breaks = "20.9")
  static final class ShutsDownBothDirections extends SocketMutant {

    ShutsDownBothDirections(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "shutdownOutput",
          args -> {
            real.close();
            return null;
          });
    }
  }

  /** Does not know whom it is connected to. */
  @Defect(breaks = "20.10")
  static final class ForgetsItsPeer extends SocketMutant {

    ForgetsItsPeer(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of("remoteAddress", args -> Optional.empty());
    }
  }

  /** Has sockets of the internet only. */
  @Defect(breaks = "20.11")
  static final class RefusesUnixSockets extends SocketMutant {

    RefusesUnixSockets(LoopContext context) {
      super(context);
    }

    @Override
    protected AsyncSocket makeSocket(SocketRequest request) throws IOException {
      if (request.family() == StandardProtocolFamily.UNIX) {
        throw new SocketException("address family UNIX is not supported here");
      }
      return super.makeSocket(request);
    }
  }
}
