package org.asyncio4j.spi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.internal.transport.QuietlyClosable;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.TransportSocket;
import org.asyncio4j.spi.internal.tls.TlsOverTransport;
import org.jspecify.annotations.Nullable;

/**
 * The server of all loops: keeps the listeners and the connections, and lets tasks wait for their
 * end.
 */
final class ListeningServer implements Server, TransportOwner {

  private final BaseEventLoop loop;
  private final List<SocketHandle> listeners;
  private final Serving settings;
  private final Context context = Context.copyCurrent();
  private final Set<Transport> clients = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Promise<@Nullable Void>> waiters = new ArrayList<>();
  private @Nullable Promise<@Nullable Void> serving;
  private boolean accepting;
  private boolean closed;
  private int arriving; // accepted, and without a transport yet
  private boolean paused;

  ListeningServer(BaseEventLoop loop, List<SocketHandle> listeners, Serving settings) {
    this.loop = loop;
    this.listeners = listeners;
    this.settings = settings;
  }

  @Override
  public List<TransportSocket> sockets() {
    return closed
        ? List.of()
        : listeners.stream()
            .<TransportSocket>map(listener -> new ListenerView(loop, listener))
            .toList();
  }

  @Override
  public boolean isServing() {
    return accepting && !closed;
  }

  @Override
  public void startServing() throws IOException {
    LoopsHere.ensureOwner(loop, "Server.startServing");
    ensureOpen();
    if (!accepting) {
      accepting = true;
      for (SocketHandle listener : listeners) {
        loop.hooks()
            .startServing(
                new ServingRequest(listener, settings.backlog(), this::accepted, context));
      }
    }
  }

  /** Starts a server that nobody knows yet. */
  void startServingOrClose() throws IOException {
    try {
      startServing();
    } catch (Throwable thrown) {
      close();
      throw thrown;
    }
  }

  @Override
  public void serveForever() throws IOException {
    LoopsHere.ensureOwner(loop, "Server.serveForever");
    ensureOpen();
    if (serving != null) {
      throw new IllegalStateException(
          "serveForever must be called once at a time but another task is in it");
    }
    Promise<@Nullable Void> end = loop.createFuture();
    serving = end;
    try {
      startServing();
      end.await();
    } catch (CancelledError cancelled) {
      if (!closed) {
        close();
        waitClosed();
      }
      throw cancelled;
    } finally {
      serving = null;
    }
  }

  @Override
  public void close() {
    LoopsHere.ensureOwner(loop, "Server.close");
    if (closed) {
      return;
    }
    closed = true;
    // Before the sockets are closed: then no new file can have the inode of theirs.
    settings.beforeClose().run();
    for (SocketHandle listener : listeners) {
      if (accepting) {
        loop.hooks().stopServing(listener);
      }
      listener.close();
    }
    if (serving != null && !serving.isDone()) {
      serving.setResult(null);
    }
    wakeWaiters();
  }

  @Override
  public void closeClients() {
    LoopsHere.ensureOwner(loop, "Server.closeClients");
    forEachClient(QuietlyClosable::close);
  }

  @Override
  public void abortClients() {
    LoopsHere.ensureOwner(loop, "Server.abortClients");
    forEachClient(QuietlyClosable::abort);
  }

  @Override
  public void waitClosed() {
    LoopsHere.ensureOwner(loop, "Server.waitClosed");
    if (closed && clients.isEmpty()) {
      return;
    }
    Promise<@Nullable Void> waiter = loop.createFuture();
    waiters.add(waiter);
    try {
      waiter.await();
    } finally {
      waiters.remove(waiter);
    }
  }

  @Override
  public void attach(Transport transport) {
    clients.add(transport);
  }

  @Override
  public void detach(Transport transport) {
    clients.remove(transport);
    pace();
    wakeWaiters();
  }

  @Override
  public String toString() {
    return "<Server %s sockets=%s clients=%d>"
        .formatted(closed ? "closed" : isServing() ? "serving" : "idle", sockets(), clients.size());
  }

  private void accepted(SocketHandle socket) {
    @Nullable StreamProtocol protocol = null;
    arriving++;
    try {
      pace();
      protocol = settings.protocolFactory().get();
      makeTransport(socket, protocol);
    } catch (Throwable thrown) {
      ErrorReport report =
          ErrorReport.of("Error on transport creation for incoming connection")
              .withException(thrown)
              .withAddress(socket.remoteAddress().orElse(null));
      socket.close();
      loop.callExceptionHandler(protocol == null ? report : report.withProtocol(protocol));
    } finally {
      arriving--;
      pace();
    }
  }

  /** Stops accepting at the limit of connections, and goes on below it. */
  private void pace() {
    boolean full = clients.size() + arriving >= settings.maxConnections();
    if (full == paused || !isServing()) {
      return;
    }
    paused = full;
    for (SocketHandle listener : listeners) {
      if (full) {
        loop.hooks().pauseServing(listener);
      } else {
        loop.hooks().resumeServing(listener);
      }
    }
  }

  private void makeTransport(SocketHandle socket, StreamProtocol protocol) throws IOException {
    Transport ignored =
        TransportMaking.make(
            loop,
            socket,
            protocol,
            settings.tls(),
            TlsRole.SERVER,
            Optional.empty(),
            Optional.of(this),
            context.copy());
  }

  private void forEachClient(Consumer<Transport> action) {
    // What began to speak TLS later is closed by the words of TLS.
    List.copyOf(clients).forEach(client -> action.accept(TlsOverTransport.topOf(client)));
  }

  private void wakeWaiters() {
    if (closed && clients.isEmpty()) {
      for (Promise<@Nullable Void> waiter : waiters) {
        if (!waiter.isDone()) {
          waiter.setResult(null);
        }
      }
    }
  }

  private void ensureOpen() {
    if (closed) {
      throw new IllegalStateException("server must be open but is closed; create another");
    }
  }
}
