package org.asyncio4j.tck.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * A TCP relay on the loopback of IPv4 that treats each connection as its plan says, and is faithful
 * otherwise: a half-close stays one, a reset does, and a receiver that does not read holds up the
 * sender. Has threads of its own, and plain blocking sockets of the JDK.
 *
 * <p>Callable from any thread.
 */
public final class FaultProxy implements AutoCloseable {

  /**
   * The size of its buffers in the system, and a good one for those of peers: small enough to be
   * filled soon, and larger than a packet of the loopback.
   */
  public static final int BUFFER_BYTES = 256 * 1024;

  private static final int BACKLOG = 1024;
  private static final String LOOPBACK = "127.0.0.1";
  private static final int CONNECT_MILLIS = 5_000;
  private static final int LOG_LINES = 100;
  private static final long PAUSE_NANOS = 1_000_000;
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final InetSocketAddress target;
  private final IntFunction<ConnectionPlan> plans;
  private final ServerSocket listener;
  private final Thread acceptor;
  private final Set<Relay> relays = new HashSet<>(); // guarded by this
  private final List<Thread> ending = new ArrayList<>(); // of relays that are over; guarded by this
  private final Deque<String> log = new ArrayDeque<>(); // guarded by this
  private boolean closed; // guarded by this

  private FaultProxy(InetSocketAddress target, IntFunction<ConnectionPlan> plans)
      throws IOException {
    this.target = target;
    this.plans = plans;
    this.listener = new ServerSocket();
    listener.setReceiveBufferSize(BUFFER_BYTES);
    listener.bind(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), 0), BACKLOG);
    this.acceptor = Thread.ofPlatform().daemon().name("fault-proxy").unstarted(this::serve);
  }

  /**
   * Starts a relay.
   *
   * @param target where connections lead to
   * @param plans what happens to the connection with a number; they are counted from 0
   * @return the relay
   * @throws IOException if the system refuses a socket
   */
  public static FaultProxy to(InetSocketAddress target, IntFunction<ConnectionPlan> plans)
      throws IOException {
    FaultProxy proxy = new FaultProxy(target, plans);
    proxy.acceptor.start();
    return proxy;
  }

  /** {@return where to connect to instead of the target} */
  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /** {@return the plans of the latest hundred connections, for messages} */
  public synchronized List<String> log() {
    return List.copyOf(log);
  }

  /**
   * Ends all connections, in whatever state they are, and waits until no thread is left. Does
   * nothing when repeated.
   *
   * @throws IllegalStateException if a thread does not end within ten seconds
   */
  @Override
  public void close() {
    List<Thread> threads = new ArrayList<>(List.of(acceptor));
    List<Relay> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(relays);
      threads.addAll(ending);
    }
    Relay.closeQuietly(listener);
    left.forEach(Relay::close);
    left.forEach(relay -> threads.addAll(relay.threads()));
    threads.forEach(FaultProxy::join);
  }

  private void serve() {
    int number = 0;
    while (!listener.isClosed()) {
      try {
        Socket caller = listener.accept();
        relay(caller, number);
        number++;
      } catch (IOException refused) {
        LockSupport.parkNanos(PAUSE_NANOS); // closed, or out of descriptors for a while
      }
    }
  }

  private void relay(Socket caller, int number) {
    ConnectionPlan plan = plans.apply(number);
    note("connection %d to port %d: %s".formatted(number, target.getPort(), plan));
    switch (plan) {
      case ConnectionPlan.Refused() -> Relay.reset(caller);
      case ConnectionPlan.Relayed relayed -> {
        Socket callee = new Socket();
        try {
          prepare(callee);
          callee.connect(target, CONNECT_MILLIS);
          prepare(caller);
          begin(new Relay(caller, callee, relayed, this::forget));
        } catch (IOException unreachable) {
          Relay.closeQuietly(callee);
          Relay.reset(caller);
        }
      }
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

  /** A relay that is over takes memory for nothing; only its threads are waited for. */
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

  private static void prepare(Socket socket) throws SocketException {
    socket.setTcpNoDelay(true);
    socket.setReceiveBufferSize(BUFFER_BYTES);
    socket.setSendBufferSize(BUFFER_BYTES);
  }

  private static void join(Thread thread) {
    try {
      if (!thread.join(END_LIMIT)) {
        throw new IllegalStateException(
            "a thread of a relay must end when that is closed but %s goes on".formatted(thread));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
