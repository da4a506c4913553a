package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.AsyncServerSocket;
import org.asyncio4j.net.AsyncSocket;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketRequest;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.tck.mutants.Altered.Alteration;

/** Defects of chapter 20 that concern who waits for a socket. */
final class SocketWaitMutants {

  private SocketWaitMutants() {}

  /** Has another task do the work, which goes on when the first is cancelled. */
  static <T> T ahead(EventLoop loop, Callable<T> work) throws IOException {
    return loop.currentTask().isEmpty()
        ? called(work)
        : Asyncio.shield(loop.createTask(work)).awaitThrowing(IOException.class);
  }

  private static <T> T called(Callable<T> work) throws IOException {
    try {
      return work.call();
    } catch (IOException | RuntimeException thrown) {
      throw thrown;
    } catch (Exception other) {
      throw new AssertionError(other);
    }
  }

  /** Reads ahead of the task that waits. */
  @Defect(
      breaks = "20.12",
      also = {"20.13"})
  static final class ReadsAhead extends SocketMutant {

    ReadsAhead(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of("receive", args -> ahead(this, () -> real.receive((ByteBuffer) args[0])));
    }
  }

  /** Is busy until a cancelled task has noticed. */
  @Defect(breaks = "20.13")
  static final class WaitsForTheCancelledOne extends SocketMutant {

    WaitsForTheCancelledOne(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      AtomicBoolean busy = new AtomicBoolean();
      return Map.of(
          "receive",
          args -> {
            if (busy.get()) {
              throw new IllegalStateException("another task is in receive");
            }
            busy.set(true);
            try {
              return real.receive((ByteBuffer) args[0]);
            } finally {
              busy.set(false);
            }
          });
    }
  }

  /** Has the second reader wait for the first. */
  @Defect(breaks = "20.14")
  static final class QueuesReaders extends SocketMutant {

    QueuesReaders(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      AsyncLock lock = new AsyncLock();
      return Map.of(
          "receive",
          args -> {
            if (currentTask().isEmpty()) {
              return real.receive((ByteBuffer) args[0]);
            }
            try (var held = lock.hold()) {
              return real.receive((ByteBuffer) args[0]);
            }
          });
    }
  }

  /** Has the second writer wait for the first. */
  @Defect(breaks = "20.15")
  static final class QueuesWriters extends SocketMutant {

    QueuesWriters(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      AsyncLock lock = new AsyncLock();
      return Map.of(
          "sendAll",
          args -> {
            if (currentTask().isEmpty()) {
              real.sendAll((ByteBuffer) args[0]);
              return null;
            }
            try (var held = lock.hold()) {
              real.sendAll((ByteBuffer) args[0]);
              return null;
            }
          });
    }
  }

  /** Moves the position when all is sent. */
  @Defect(breaks = "20.16", also = "20.59")
  static final class DoesNotTellHowFarItGot extends SocketMutant {

    DoesNotTellHowFarItGot(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "sendAll",
          args -> {
            ByteBuffer data = (ByteBuffer) args[0];
            real.sendAll(data.duplicate());
            data.position(data.limit());
            return null;
          });
    }
  }

  /** Closes when the reader has gone. */
  @Defect(breaks = "20.17")
  static final class ClosesBehindTheReader extends SocketMutant {

    ClosesBehindTheReader(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      AtomicInteger reading = new AtomicInteger();
      return Map.of(
          "receive",
          args -> {
            reading.incrementAndGet();
            try {
              return real.receive((ByteBuffer) args[0]);
            } finally {
              reading.decrementAndGet();
            }
          },
          "close",
          args -> {
            if (reading.get() == 0) {
              real.close();
            }
            return null;
          });
    }
  }

  /** Closes when nobody accepts any more. */
  @Defect(breaks = "20.18")
  static final class ClosesBehindWhoAccepts extends SocketMutant {

    ClosesBehindWhoAccepts(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofServer(AsyncServerSocket real) {
      AtomicInteger accepting = new AtomicInteger();
      return Map.of(
          "accept",
          args -> {
            accepting.incrementAndGet();
            try {
              return real.accept();
            } finally {
              accepting.decrementAndGet();
            }
          },
          "close",
          args -> {
            if (accepting.get() == 0) {
              real.close();
            }
            return null;
          });
    }
  }

  /** Answers on a closed socket as if the peer had ended the stream. */
  @Defect(breaks = "20.19")
  static final class TakesClosedForTheEnd extends SocketMutant {

    TakesClosedForTheEnd(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      AtomicBoolean closed = new AtomicBoolean();
      return Map.of(
          "receive",
          args -> closed.get() ? -1 : real.receive((ByteBuffer) args[0]),
          "close",
          args -> {
            closed.set(true);
            real.close();
            return null;
          });
    }
  }

  /** Accepts ahead of the task that waits. */
  @Defect(breaks = "20.20")
  static final class AcceptsAhead extends SocketMutant {

    AcceptsAhead(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofServer(AsyncServerSocket real) {
      return Map.of("accept", args -> ahead(this, real::accept));
    }
  }

  /** Throws something else where no task runs. */
  @Defect(breaks = "20.21")
  static final class RefusesCallbacksInItsOwnWay extends SocketMutant {

    RefusesCallbacksInItsOwnWay(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "receive",
          args -> {
            if (currentTask().isEmpty()) {
              throw new UnsupportedOperationException("not here");
            }
            return real.receive((ByteBuffer) args[0]);
          });
    }
  }

  /** Holds every socket. */
  @Defect(breaks = "20.22")
  static final class HoldsEverySocket extends SocketMutant {

    private final List<AsyncSocket> held = new ArrayList<>();

    HoldsEverySocket(LoopContext context) {
      super(context);
    }

    @Override
    protected AsyncSocket makeSocket(SocketRequest request) throws IOException {
      AsyncSocket made = super.makeSocket(request);
      held.add(made);
      return made;
    }
  }

  /** Asks the collector whether anybody holds a socket, of the wrong object. */
  @Defect(breaks = "20.23")
  static final class ForgetsWhoWaits extends SocketMutant {

    private final ReferenceQueue<Object> forgotten = new ReferenceQueue<>();
    private final Map<Reference<?>, AsyncSocket> waitedFor = new ConcurrentHashMap<>();

    ForgetsWhoWaits(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "receive",
          args -> {
            Reference<?> wait = new PhantomReference<>(new Object(), forgotten);
            waitedFor.put(wait, real);
            try {
              return real.receive((ByteBuffer) args[0]);
            } finally {
              waitedFor.remove(wait);
            }
          });
    }

    @Override
    public Handle callSoonThreadsafe(Runnable callback) {
      for (var found = forgotten.poll(); found != null; found = forgotten.poll()) {
        AsyncSocket socket = waitedFor.remove(found);
        if (socket != null) {
          super.callSoonThreadsafe(socket::close);
        }
      }
      return super.callSoonThreadsafe(callback);
    }
  }

  /** Tells of its end in its own way. */
  @Defect(breaks = "20.24")
  static final class RefusesClosedInItsOwnWay extends SocketMutant {

    RefusesClosedInItsOwnWay(LoopContext context) {
      super(context);
    }

    @Override
    public AsyncSocket openSocket(ProtocolFamily family) throws IOException {
      if (isClosed()) {
        throw new UnsupportedOperationException("closed");
      }
      return super.openSocket(family);
    }
  }
}
