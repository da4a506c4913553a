package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.net.*;
import org.asyncio4j.net.socket.*;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.spi.*;
import org.asyncio4j.spi.driver.Driver;
import org.asyncio4j.spi.hooks.*;
import org.asyncio4j.spi.hooks.TlsTransportRequest.OfSocket;
import org.asyncio4j.spi.hooks.TlsTransportRequest.OfTransport;
import org.asyncio4j.tck.mutants.harness.Seam.Body;

/** What a mutant makes for the network, decorated. */
public abstract class LinkedLoop extends NetworkSeams {

  LinkedLoop(LoopContext context, Driver driver, Set<Capability> capabilities) {
    super(context, driver, capabilities);
  }

  private MutantLoop self() {
    return (MutantLoop) this;
  }

  // Connections

  /** Decorates each connection. */
  public final void connections(Consumer<ConnectionSeams> script) {
    List<ConnectionSeams> made = new ArrayList<>(); // of the loop's thread
    makeSocketTransport.around((correct, request) -> {
      ConnectionSeams seams =
          new ConnectionSeams(
              self(),
              request.protocol(),
              new OfSocket(request.socket()),
              request.owner(),
              request.context());
      made.add(seams);
      return open(seams, script, correct, request);
    });
    callExceptionHandler.given(report -> {
      ErrorReport known = report;
      for (ConnectionSeams seams : made) {
        known = seams.known(known);
      }
      return known;
    });
  }

  /** Decorates each connection of a server, without TLS. */
  public final void servedConnections(Consumer<ConnectionSeams> script) {
    connections(it -> {
      if (it.isServed()) {
        script.accept(it);
      }
    });
  }

  /** Decorates each connection that speaks TLS. */
  public final void tlsConnections(Consumer<ConnectionSeams> script) {
    makeTlsTransport.around((correct, request) -> {
      ConnectionSeams seams =
          new ConnectionSeams(
              self(), request.protocol(), request.carrier(), request.owner(), request.context());
      return open(seams, script, correct, request);
    });
  }

  private static <R extends Record> Transport open(
      ConnectionSeams seams,
      Consumer<ConnectionSeams> script,
      Body<R, Transport> correct,
      R request)
      throws Throwable {
    script.accept(seams);
    R owned = Requests.with(request, "owner", seams.decoratedOwner());
    return seams.opened(
        correct.call(Requests.with(owned, "protocol", seams.decorated(seams.user()))));
  }

  /** Changes the options of TLS. */
  public final void tlsOptions(UnaryOperator<TlsOptions> change) {
    makeTlsTransport.with("options", it -> change.apply(it.options()));
  }

  /** {@return a decorated transport for the caller; its protocol knows the correct one} */
  public final Transport shown(Transport correct, Consumer<ConnectionSeams> script) {
    ConnectionSeams seams =
        new ConnectionSeams(
            self(),
            correct.protocol(),
            new OfTransport(correct, ByteBuffer.allocate(0)),
            Optional.empty(),
            Context.empty());
    script.accept(seams);
    return seams.opened(correct);
  }

  /** Does something else with the waiter of some handshakes when they are over. */
  public final void shaken(
      Predicate<Object> isConcerned, BiConsumer<Future<Void>, Promise<Void>> completing) {
    makeTlsTransport.givenIf(
        request -> isConcerned.test(request) && request.waiter().isPresent(),
        request -> {
          Promise<Void> early = createFuture();
          early.addDoneCallback(done -> completing.accept(done, request.waiter().get()));
          return Requests.with(request, "waiter", Optional.of(early));
        });
  }

  /** Decorates each endpoint of datagrams. */
  public final void endpoints(Consumer<EndpointSeams> script) {
    makeDatagramTransport.around((correct, request) -> {
      EndpointSeams seams = new EndpointSeams(self(), request);
      script.accept(seams);
      return seams.opened(
          correct.call(Requests.with(request, "protocol", seams.decorated(request.protocol()))));
    });
  }

  // Servers

  /** {@return a decorated socket of a transport or a server} */
  public final TransportSocket decorated(
      TransportSocket correct, Consumer<TransportSocketSeams> script) {
    return Decorated.decorated(
        self(), TransportSocket.class, correct, new TransportSocketSeams(), script);
  }

  /** Changes what a server does with sockets that it accepts. */
  public final void accepting(Function<ServingRequest, Consumer<SocketHandle>> change) {
    startServing.with("onAccepted", change);
  }

  /** Closes some of the sockets that a server accepts. */
  public final void refusing(Function<ServingRequest, Predicate<Object>> refused) {
    accepting(request -> {
      Predicate<Object> isRefused = refused.apply(request);
      return socket -> {
        if (isRefused.test(socket)) {
          socket.close();
        } else {
          request.onAccepted().accept(socket);
        }
      };
    });
  }

  /** Decorates the servers that a method returns. */
  public final <A> void servers(Seam<A, Server> of, BiConsumer<ServerSeams, A> script) {
    of.around((correct, given) -> served(correct.call(given), it -> script.accept(it, given)));
  }

  /** Decorates the servers that {@code createServer} returns. */
  public final void servers(Consumer<ServerSeams> script) {
    servers(createServer, (it, _) -> script.accept(it));
  }

  /** {@return a decorated server} */
  public final Server served(Server correct, Consumer<ServerSeams> script) {
    return Decorated.decorated(self(), Server.class, correct, new ServerSeams(), script);
  }

  // Sockets for direct use

  /** Decorates each stream socket that is opened. */
  public final void sockets(Consumer<SocketSeams> script) {
    makeSocket.returns(
        it -> Decorated.decorated(self(), AsyncSocket.class, it, new SocketSeams(), script));
    undecorateSockets();
  }

  /** Decorates each listening socket that is opened. */
  public final void listeners(Consumer<ListenerSeams> script) {
    makeServerSocket.returns(it ->
        Decorated.decorated(self(), AsyncServerSocket.class, it, new ListenerSeams(), script));
    undecorateSockets();
  }

  /** Decorates each socket of datagrams that is opened. */
  public final void datagramSockets(Consumer<DatagramSocketSeams> script) {
    makeDatagramSocket.returns(it ->
        Decorated.decorated(
            self(), AsyncDatagramSocket.class, it, new DatagramSocketSeams(), script));
    undecorateSockets();
  }

  /** Changes the callbacks of sockets that are watched. */
  public final void watchers(UnaryOperator<Runnable> change) {
    watch.with("callback", it -> change.apply(it.callback()));
  }

  private void undecorateSockets() {
    detachSocket.given(request -> new DetachSocketRequest(Decorated.undecorated(request.socket())));
    watch.with("what", request -> undecorated(request.what()));
    unwatch.given(request -> new UnwatchRequest(undecorated(request.what()), request.direction()));
  }

  private static Watchable undecorated(Watchable what) {
    return what instanceof Watchable.OfSocket(BaseSocket socket)
        ? Watchable.of(Decorated.undecorated(socket))
        : what;
  }
}
