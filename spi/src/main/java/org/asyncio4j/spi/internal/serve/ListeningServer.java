package org.asyncio4j.spi.internal.serve;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.internal.termination.Holdup;
import org.asyncio4j.internal.transport.QuietlyClosable;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.TransportOwner;
import org.asyncio4j.spi.internal.cycle.LoopThread;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.asyncio4j.spi.internal.net.TransportFactory;
import org.asyncio4j.spi.internal.tls.TlsOverTransport;
import org.jspecify.annotations.Nullable;

/**
 * The server of all loops: tracks the listeners and the connections, and lets tasks wait for their
 * end.
 */
final class ListeningServer implements Server {

  private static final System.Logger LOGGER = System.getLogger("org.asyncio4j");

  private final NetworkLoop loop;
  private final List<SocketHandle> listeners;
  private final ServerSettings settings;
  private final Context context = Context.copyCurrent();
  private final Set<Place> places = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Promise<@Nullable Void>> waiters = new ArrayList<>();
  private @Nullable Promise<@Nullable Void> serving;
  private Runnable clientLost = () -> {};
  private int accepting; // listeners, from the first
  private boolean closed;
  private boolean paused;

  private ListeningServer(NetworkLoop loop, List<SocketHandle> listeners, ServerSettings settings) {
    this.loop = loop;
    this.listeners = listeners;
    this.settings = settings;
  }

  /** Returns a server, which owns its listeners; if it cannot start, it closes them. */
  static ListeningServer open(
      NetworkLoop loop, List<SocketHandle> listeners, ServerSettings settings, boolean startServing)
      throws IOException {
    ListeningServer server = new ListeningServer(loop, listeners, settings);
    if (startServing) {
      server.startServingOrClose();
    }
    return server;
  }

  @Override
  public List<TransportSocket> sockets() {
    return closed
        ? List.of()
        : listeners.stream()
            .<TransportSocket>map(listener -> new ListenerView(loop.eventLoop(), listener))
            .toList();
  }

  @Override
  public boolean isServing() {
    return accepting > 0 && !closed;
  }

  @Override
  public void startServing() throws IOException {
    LoopThread.ensureOwner(loop.eventLoop(), "Server.startServing");
    ensureOpen();
    while (accepting < listeners.size()) {
      SocketHandle listener = listeners.get(accepting);
      loop.hooks()
          .startServing(new ServingRequest(listener, settings.backlog(), this::accepted, context));
      accepting++;
      if (paused) {
        loop.hooks().pauseServing(listener);
      }
    }
  }

  /** Starts a server that was not returned yet. */
  private void startServingOrClose() throws IOException {
    try {
      startServing();
    } catch (Throwable thrown) {
      close();
      throw thrown;
    }
  }

  @Override
  public void serveForever() throws IOException {
    LoopThread.ensureOwner(loop.eventLoop(), "Server.serveForever");
    ensureOpen();
    if (serving != null) {
      throw new IllegalStateException("cannot call serveForever: another task is in it already");
    }
    Promise<@Nullable Void> end = loop.eventLoop().createFuture();
    serving = end;
    try {
      startServing();
      end.await();
    } catch (CancelledError cancelled) {
      if (!closed) {
        String addresses = addresses();
        close();
        waitForClients(addresses);
      }
      throw cancelled;
    } finally {
      serving = null;
    }
  }

  /** Waits until the last client has gone; logs that it waits, because clients may stay forever. */
  private void waitForClients(String addresses) {
    if (places.isEmpty()) {
      return;
    }
    Supplier<String> words =
        () ->
            "serveForever waits for %d client%s of the server on %s to disconnect; closeClients and abortClients disconnect them"
                .formatted(places.size(), places.size() == 1 ? "" : "s", addresses);
    LOGGER.log(System.Logger.Level.INFO, words);
    try (Holdup holdup = Holdup.begin(words.get())) {
      clientLost = () -> holdup.update(words.get());
      waitClosed();
    } finally {
      clientLost = () -> {};
    }
  }

  private String addresses() {
    return sockets().stream()
        .map(socket -> String.valueOf(socket.localAddress()))
        .collect(joining(", "));
  }

  @Override
  public void close() {
    LoopThread.ensureOwner(loop.eventLoop(), "Server.close");
    if (closed) {
      return;
    }
    closed = true;
    // Before the sockets are closed: until then no new file can have the inode of theirs.
    settings.beforeClose().run();
    listeners.subList(0, accepting).forEach(loop.hooks()::stopServing);
    listeners.forEach(SocketHandle::close);
    if (serving != null) {
      serving.trySetResult(null);
    }
    wakeWaiters();
  }

  @Override
  public void closeClients() {
    LoopThread.ensureOwner(loop.eventLoop(), "Server.closeClients");
    forEachClient(QuietlyClosable::close);
  }

  @Override
  public void abortClients() {
    LoopThread.ensureOwner(loop.eventLoop(), "Server.abortClients");
    forEachClient(QuietlyClosable::abort);
  }

  @Override
  public void waitClosed() {
    LoopThread.ensureOwner(loop.eventLoop(), "Server.waitClosed");
    if (hasEnded()) {
      return;
    }
    Promise<@Nullable Void> waiter = loop.eventLoop().createFuture();
    waiters.add(waiter);
    try {
      waiter.await();
    } finally {
      waiters.remove(waiter);
    }
  }

  @Override
  public String toString() {
    return "<Server %s sockets=%s clients=%d>"
        .formatted(closed ? "closed" : isServing() ? "serving" : "idle", sockets(), places.size());
  }

  private void accepted(SocketHandle socket) {
    @Nullable StreamProtocol protocol = null;
    Place place = new Place();
    places.add(place);
    try {
      pace();
      protocol = settings.protocolFactory().get();
      makeTransport(socket, protocol, place);
      place.settle();
    } catch (Throwable thrown) {
      ErrorReport report =
          ErrorReport.of("Error on transport creation for incoming connection")
              .withException(thrown)
              .withAddress(socket.remoteAddress().orElse(null));
      place.vacate(socket, thrown);
      loop.eventLoop()
          .callExceptionHandler(protocol == null ? report : report.withProtocol(protocol));
    }
  }

  /** Pauses accepting at the connection limit, and resumes below it. */
  private void pace() {
    boolean full = places.size() >= settings.maxConnections();
    if (full == paused || !isServing()) {
      return;
    }
    paused = full;
    for (SocketHandle listener : listeners.subList(0, accepting)) {
      if (full) {
        loop.hooks().pauseServing(listener);
      } else {
        loop.hooks().resumeServing(listener);
      }
    }
  }

  private void makeTransport(SocketHandle socket, StreamProtocol protocol, Place place)
      throws IOException {
    Transport ignored =
        TransportFactory.make(
            loop,
            socket,
            protocol,
            settings.tls(),
            TlsRole.SERVER,
            Optional.empty(),
            Optional.of(place),
            context.copy());
  }

  private void forEachClient(Consumer<Transport> action) {
    List.copyOf(places).forEach(place -> place.end(action));
  }

  private void wakeWaiters() {
    if (hasEnded()) {
      for (Promise<@Nullable Void> waiter : waiters) {
        waiter.trySetResult(null);
      }
    }
  }

  private boolean hasEnded() {
    return closed && places.isEmpty();
  }

  private void ensureOpen() {
    if (closed) {
      throw new IllegalStateException("cannot start the server: it is closed; create another");
    }
  }

  /**
   * The place that a connection takes from its acceptance to its end. The factory and the loop may
   * park or throw in between.
   */
  private final class Place implements TransportOwner {

    private @Nullable Transport transport;
    private @Nullable Consumer<Transport> ending; // requested before there was a transport

    @Override
    public void attach(Transport made) {
      transport = made;
      places.add(this);
    }

    @Override
    public void detach(Transport lost) {
      giveBack();
    }

    void end(Consumer<Transport> action) {
      if (transport == null) {
        ending = action;
      } else {
        // A connection that switched to TLS later is closed through TLS.
        action.accept(TlsOverTransport.topOf(transport));
      }
    }

    /** Called when the loop has returned a transport. */
    void settle() {
      if (transport == null) {
        giveBack(); // its end would not be reported
      } else if (ending != null) {
        end(ending);
      }
    }

    /** Called when the loop has thrown, possibly after it had created a transport. */
    void vacate(SocketHandle socket, Throwable reason) {
      try {
        if (transport != null) {
          transport.abort();
        }
      } catch (Throwable unfinished) {
        reason.addSuppressed(unfinished);
      }
      socket.close();
      giveBack();
    }

    /**
     * Releases the place. Further calls do nothing: a transport whose creation failed may still
     * report its end.
     */
    void giveBack() {
      places.remove(this);
      clientLost.run();
      pace();
      wakeWaiters();
    }
  }
}
