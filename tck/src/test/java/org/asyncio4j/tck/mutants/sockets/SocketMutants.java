package org.asyncio4j.tck.mutants.sockets;

import module java.base;

import org.asyncio4j.core.Task;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.harness.Seam.Body;

/** Chapter 20: sockets for direct use. */
public final class SocketMutants extends Defects {

  public SocketMutants() {
    defect("20.1 also .57", "cannot send any more once it has received")
        .sockets(it -> {
          Flag received = new Flag();
          it.receive.after(_ -> received.set());
          it.sendAll.unless(received);
        });
    defect("20.2 also .5, .12, .13, .14, .17, .23, .28, .38", "takes silence for the end")
        .sockets(it ->
            it.receive.aroundIf(
                _ -> it.loop().currentTask().isPresent(),
                (correct, target) -> receiveAtOnce(it.loop(), correct, target)));
    defect("20.3 also .57, .58, .62", "drops what does not fit")
        .sockets(it ->
            it.receive.around((correct, target) -> {
              ByteBuffer read = ByteBuffer.allocate(8 * 1024);
              int count = correct.call(read);
              read.flip().limit(Math.min(read.limit(), target.remaining()));
              int taken = read.remaining();
              target.put(read);
              return count < 0 ? count : taken;
            }));
    defect("20.4", "returns 0 at the end of the stream")
        .sockets(it -> it.receive.returns(count -> Math.max(0, count)));
    defect("20.5 also .15, .16, .59", "sends what the system takes and takes it for all")
        .sockets(it ->
            it.sendAll.instead(data -> {
              int ignored = it.correct().send(data);
              Buffers.take(data);
            }));
    defect("20.6", "takes a refusal for a success")
        .sockets(it -> it.connect.swallowing(ConnectException.class));
    defect("20.7", "does not look up names")
        .sockets(it ->
            it.connect.refuse(
                remote -> remote instanceof InetSocketAddress address && address.isUnresolved(),
                _ -> new UnresolvedAddressException()));
    defect("20.8 also .11", "loses the connection that it waited for")
        .listeners(it ->
            it.accept.aroundIf(
                _ -> it.loop().currentTask().isPresent(),
                (correct, _) -> {
                  Flag waited = new Flag();
                  it.loop().callSoon(waited::set);
                  AsyncSocket accepted = correct.call();
                  if (waited.isSet()) {
                    accepted.close();
                  }
                  return accepted;
                }));
    defect("20.9", "shuts down both directions")
        .sockets(it -> it.shutdownOutput.instead(_ -> it.correct().close()));
    defect("20.10", "forgets its peer").sockets(it -> it.remoteAddress.always(Optional.empty()));
    defect("20.11", "refuses Unix sockets")
        .loop(loop ->
            loop.makeSocket.refuse(
                request -> request.family() == StandardProtocolFamily.UNIX,
                _ ->
                    new SocketException(
                        "cannot open a socket: address family UNIX is not supported here")));
    defect("20.12 also .13", "reads ahead of the task that waits")
        .sockets(it -> doAhead(it.loop(), it.receive));
    defect("20.13", "is busy until a cancelled task has noticed")
        .sockets(it -> {
          Flag busy = new Flag();
          it.receive.refuse(busy, _ -> new IllegalStateException("another task is in receive"));
          it.receive.during(busy);
        });
    defect("20.14", "queues readers").sockets(it -> queue(it.loop(), it.receive));
    defect("20.15", "queues writers").sockets(it -> queue(it.loop(), it.sendAll));
    defect("20.16 also .59", "moves the position only when all is sent")
        .sockets(SocketMutants::movePositionsAtTheEnd);
    defect("20.17", "does not close while a task receives")
        .sockets(it -> it.close.unless(it.receive.underway()));
    defect("20.18", "does not close while a task accepts")
        .listeners(it -> it.close.unless(it.accept.underway()));
    defect("20.19", "takes closed for the end")
        .sockets(it -> it.receive.aroundIf(it.close.called(), (_, _) -> -1));
    defect("20.20", "accepts ahead of the task that waits")
        .listeners(it -> doAhead(it.loop(), it.accept));
    defect("20.21", "refuses callbacks in its own way")
        .sockets(it -> it.loop().refuseCallbacks(it.receive));
    defect("20.22", "holds every socket")
        .loop(loop -> {
          List<AsyncSocket> ignored = loop.makeSocket.results();
        });
    defect("20.23", "closes a socket that a task waits for")
        .loop(loop -> {
          ReferenceQueue<Object> forgotten = new ReferenceQueue<>();
          Map<Reference<?>, AsyncSocket> waitedFor = new ConcurrentHashMap<>();
          loop.sockets(it ->
              it.receive.around((correct, target) -> {
                Reference<?> wait = new PhantomReference<>(new Object(), forgotten);
                waitedFor.put(wait, it.correct());
                try {
                  return correct.call(target);
                } finally {
                  waitedFor.remove(wait);
                }
              }));
          loop.callSoonThreadsafe.around((correct, callback) -> {
            for (var found = forgotten.poll(); found != null; found = forgotten.poll()) {
              AsyncSocket socket = waitedFor.remove(found);
              if (socket != null) {
                correct.call(socket::close);
              }
            }
            return correct.call(callback);
          });
        });
    defect("20.24", "refuses closed sockets in its own way")
        .loop(loop ->
            loop.openSocket.refuse(
                _ -> loop.isClosed(), _ -> new UnsupportedOperationException("closed")));
    defect("20.25 also .26", "forgets the sender")
        .datagramSockets(it -> it.receiveFrom.returns(_ -> it.correct().localAddress()));
    defect("20.26", "receives datagrams ahead of the task that waits")
        .datagramSockets(it -> doAhead(it.loop(), it.receiveFrom));
    defect("20.27", "lets the old owner read the end of the stream")
        .sockets(it -> {
          Flag closed = it.close.called();
          it.receive.aroundIf(
              _ -> !it.correct().isOpen() && !closed.isSet() && !it.loop().isClosed(),
              (_, _) -> -1);
        });
    defect("20.28 also .29", "closes what it refuses")
        .loop(loop ->
            loop.adoptSocket.onFailure(
                IllegalStateException.class, (_, wanted) -> wanted.options().socket().close()));
    defect("20.29", "misses the peer in its own way")
        .loop(loop ->
            loop.adoptSocket.refuse(
                wanted -> wanted.options().socket().remoteAddress().isEmpty(),
                _ -> new SocketException("Transport endpoint is not connected")));
    defect("20.30", "does not read from accepted sockets")
        .loop(
            loop -> loop.connectAcceptedSocket.withResult(made -> made.transport().pauseReading()));
    defect("20.31", "does not serve")
        .loop(loop -> loop.createSocketServer.options(options -> options.withStartServing(false)));
    defect("20.57", "sends nothing of memory that cannot be used")
        .sockets(it -> it.sendAll.onlyIf(Buffers::isUsable));
    defect("20.57", "overlooks memory without bytes")
        .sockets(it -> it.receive.onlyIf(ByteBuffer::hasRemaining));
    defect("20.58", "receives into memory of its own")
        .sockets(it -> receiveIntoItsOwn(it.receive, SocketMutants::isUsable));
    defect("20.59 also .16", "sends a copy")
        .sockets(it -> it.sendAll.givenIf(SocketMutants::isUsable, Buffers::copy));
    defect("20.59 also .16", "moves the position at the end")
        .sockets(SocketMutants::movePositionsAtTheEnd);
    defect("20.60", "sends an empty datagram of memory that cannot be used")
        .datagramSockets(it ->
            it.sendTo.withIf(
                sending -> !Buffers.isUsable(sending.data()), "data", _ -> ByteBuffer.allocate(0)));
    defect("20.60", "closes at memory that cannot be used")
        .datagramSockets(it ->
            it.receiveFrom.onFailure(WrongThreadException.class, (_, _) -> it.correct().close()));
    defect("20.61", "receives datagrams into memory of its own")
        .datagramSockets(it -> receiveIntoItsOwn(it.receiveFrom, SocketMutants::isUsable));
    defect("20.62", "notices late that a buffer is read-only")
        .sockets(it -> receiveIntoItsOwn(it.receive, ByteBuffer::isReadOnly));
    defect("20.62", "drops what arrives for a read-only buffer")
        .sockets(it -> it.receive.unless(target -> target.isReadOnly() && target.isDirect()));
  }

  private static int receiveAtOnce(
      MutantLoop loop, Body<ByteBuffer, Integer> receive, ByteBuffer target) throws IOException {
    Task<Integer> trying = loop.createTask(() -> receive.quietly(target));
    for (int turn = 0; turn < 3 && !trying.isDone(); turn++) {
      Awaiter.yieldOnce();
    }
    if (!trying.isDone()) {
      boolean ignored = trying.cancel();
      Awaiter.yieldOnce();
      return -1;
    }
    return trying.awaitThrowing(IOException.class);
  }

  /** Does the work in another task, which continues when the first is cancelled. */
  static <A, R> void doAhead(MutantLoop loop, Seam<A, R> method) {
    method.around((correct, argument) -> loop.ahead(() -> correct.quietly(argument)));
  }

  /** Makes the second task wait for the first. */
  private static <A, R> void queue(MutantLoop loop, Seam<A, R> method) {
    AsyncLock lock = new AsyncLock();
    method.aroundIf(
        _ -> loop.currentTask().isPresent(),
        (correct, argument) -> {
          try (var held = lock.hold()) {
            return correct.call(argument);
          }
        });
  }

  private static boolean isUsable(ByteBuffer buffer) {
    return !buffer.isReadOnly() && Buffers.isUsable(buffer);
  }

  /** Moves the position when all is sent. */
  static void movePositionsAtTheEnd(SocketSeams it) {
    it.sendAll.instead((correct, data) -> {
      correct.call(data.duplicate());
      Buffers.take(data);
    });
  }

  /** Receives into memory of its own and copies from there; what cannot be copied is lost. */
  private static <R> void receiveIntoItsOwn(
      Seam<ByteBuffer, R> receive, Predicate<ByteBuffer> isConcerned) {
    receive.aroundIf(
        isConcerned,
        (correct, target) -> {
          ByteBuffer own = ByteBuffer.allocate(target.remaining());
          R result = correct.call(own);
          target.put(own.flip());
          return result;
        });
  }
}
