package org.asyncio4j.tck.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A relay of TCP on the IPv4 loopback, or of Unix sockets on a file of its own, that treats each
 * connection as its plan says. It is transparent otherwise: it passes on a half-close, it passes on
 * a reset as far as the system reports it (see {@link Ending.Reset}), and it blocks the sender if
 * the receiver does not read. It has its own threads and uses plain blocking sockets of the JDK.
 *
 * <p>May be called from any thread.
 */
public final class FaultProxy implements AutoCloseable {

  /**
   * The size of the relay's buffers in the system, which also suits the buffers of peers: small
   * enough to fill quickly, and larger than a packet of the loopback.
   */
  public static final int BUFFER_BYTES = 256 * 1024;

  private static final int LOG_LINES = 100;
  private static final long PAUSE_NANOS = 1_000_000;
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final SocketAddress target;
  private final IntFunction<ConnectionPlan> plans;
  private final ServerSocketChannel listener;
  private final SocketAddress address;
  private final Thread acceptor;
  private final Set<Relay> relays = new HashSet<>(); // guarded by this
  private final List<Thread> ending = new ArrayList<>(); // of ended relays; guarded by this
  private final Deque<String> log = new ArrayDeque<>(); // guarded by this
  private @Nullable SocketChannel latest; // to the target, maybe not connected yet; guarded by this
  private boolean closed; // guarded by this

  private FaultProxy(SocketAddress target, IntFunction<ConnectionPlan> plans) throws IOException {
    this.target = target;
    this.plans = plans;
    this.listener = Sockets.listenLike(target);
    this.address = listener.getLocalAddress();
    this.acceptor = Thread.ofPlatform().daemon().name("fault-proxy").unstarted(this::serve);
  }

  /**
   * Starts a relay.
   *
   * @param target the target of the connections, an address of TCP or of a Unix socket
   * @param plans what happens to the connection with a number; they are counted from 0
   * @return the relay
   * @throws IOException if the system refuses a socket
   */
  public static FaultProxy to(SocketAddress target, IntFunction<ConnectionPlan> plans)
      throws IOException {
    FaultProxy proxy = new FaultProxy(target, plans);
    proxy.acceptor.start();
    return proxy;
  }

  /** {@return the address to connect to instead of the target, of the same kind} */
  public SocketAddress address() {
    return address;
  }

  /** {@return the plans of the latest hundred connections, for messages} */
  public synchronized List<String> log() {
    return List.copyOf(log);
  }

  /**
   * Ends all connections, in any state, and waits until no thread is left. Does nothing when
   * repeated.
   *
   * @throws IllegalStateException if a thread does not end within ten seconds
   * @throws UncheckedIOException if the file of a Unix socket cannot be deleted
   */
  @Override
  public void close() {
    List<Thread> threads = new ArrayList<>(List.of(acceptor));
    List<Relay> left;
    synchronized (this) {
      closed = true;
      if (latest != null) {
        Sockets.closeQuietly(latest);
      }
      left = List.copyOf(relays);
      threads.addAll(ending);
    }
    // No interrupt for the acceptor: the JDK would lose a socket that is just being accepted.
    Sockets.closeQuietly(listener);
    left.forEach(Relay::close);
    left.forEach(relay -> threads.addAll(relay.threads()));
    threads.forEach(FaultProxy::join);
    deleteFile();
  }

  private void serve() {
    int number = 0;
    while (listener.isOpen()) {
      try {
        SocketChannel caller = listener.accept();
        relay(caller, number);
        number++;
      } catch (IOException refused) {
        LockSupport.parkNanos(PAUSE_NANOS); // closed, or out of descriptors for a while
      }
    }
  }

  private void relay(SocketChannel caller, int number) {
    ConnectionPlan plan = plans.apply(number);
    note("connection %d to %s: %s".formatted(number, target, plan));
    switch (plan) {
      case ConnectionPlan.Refused() -> Sockets.reset(caller);
      case ConnectionPlan.Relayed relayed -> {
        try {
          Sockets.prepare(caller);
          begin(new Relay(caller, connect(), relayed, this::forget));
        } catch (IOException unreachable) {
          Sockets.reset(caller);
        }
      }
    }
  }

  /** Connects. Waits until the target accepts, or until this relay is closed. */
  private SocketChannel connect() throws IOException {
    SocketChannel callee = Sockets.openLike(target);
    try {
      watch(callee);
      Sockets.prepare(callee);
      boolean ignored = callee.connect(target);
      return callee;
    } catch (IOException refused) {
      Sockets.closeQuietly(callee);
      throw refused;
    }
  }

  private synchronized void watch(SocketChannel callee) {
    latest = callee;
    if (closed) {
      Sockets.closeQuietly(callee);
    }
  }

  private synchronized void begin(Relay relay) {
    if (closed) {
      relay.close();
      return;
    }
    relays.add(relay);
    relay.start();
  }

  /** Removes a relay that has ended; only its threads are still waited for. */
  private synchronized void forget(Relay relay) {
    boolean ignored = relays.remove(relay);
    ending.removeIf(thread -> !thread.isAlive());
    ending.addAll(relay.threads());
  }

  private synchronized void note(String line) {
    if (log.size() == LOG_LINES) {
      log.removeFirst();
    }
    log.addLast(line);
  }

  private void deleteFile() {
    if (address instanceof UnixDomainSocketAddress unix) {
      try {
        boolean ignored = Files.deleteIfExists(unix.getPath());
      } catch (IOException refused) {
        throw new UncheckedIOException(refused);
      }
    }
  }

  private static void join(Thread thread) {
    try {
      if (!thread.join(END_LIMIT)) {
        throw new IllegalStateException(
            "cannot close a relay: its thread %s still runs".formatted(thread));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
