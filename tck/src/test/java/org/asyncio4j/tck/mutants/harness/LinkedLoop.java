package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.net.*;
import org.asyncio4j.net.socket.*;
import org.asyncio4j.net.tls.*;
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
  public final void tlsOptions(BiFunction<TlsOptions, TlsRole, TlsOptions> change) {
    makeTlsTransport.given(request ->
        Requests.with(request, "options", change.apply(request.options(), request.role())));
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

  /** Changes what a server does with sockets that it accepts. */
  public final void accepting(Function<ServingRequest, Consumer<SocketHandle>> change) {
    startServing.given(it -> Requests.with(it, "onAccepted", change.apply(it)));
  }

  /** Decorates the servers that a method returns. */
  public final <A> void servers(Seam<A, Server> of, Consumer<ServerSeams> script) {
    of.returns(server -> served(server, script));
  }

  /** Decorates the servers that {@code createServer} returns. */
  public final void servers(Consumer<ServerSeams> script) {
    servers(createServer, script);
  }

  /** {@return a decorated server} */
  public static Server served(Server correct, Consumer<ServerSeams> script) {
    return Decorated.decorated(Server.class, correct, new ServerSeams(correct), script);
  }

  // Sockets for direct use

  /** Decorates each stream socket that is opened. */
  public final void sockets(Consumer<SocketSeams> script) {
    makeSocket.returns(
        it -> Decorated.decorated(AsyncSocket.class, it, new SocketSeams(it), script));
    undecorateSockets();
  }

  /** Decorates each listening socket that is opened. */
  public final void listeners(Consumer<ListenerSeams> script) {
    makeServerSocket.returns(
        it -> Decorated.decorated(AsyncServerSocket.class, it, new ListenerSeams(), script));
    undecorateSockets();
  }

  /** Decorates each socket of datagrams that is opened. */
  public final void datagramSockets(Consumer<DatagramSocketSeams> script) {
    makeDatagramSocket.returns(it ->
        Decorated.decorated(AsyncDatagramSocket.class, it, new DatagramSocketSeams(it), script));
    undecorateSockets();
  }

  /** Changes the callbacks of sockets that are watched. */
  public final void watchers(UnaryOperator<Runnable> change) {
    watch.given(it -> Requests.with(it, "callback", change.apply(it.callback())));
  }

  private void undecorateSockets() {
    detachSocket.given(request -> new DetachSocketRequest(Decorated.undecorated(request.socket())));
    watch.given(request -> Requests.with(request, "what", undecorated(request.what())));
    unwatch.given(request -> new UnwatchRequest(undecorated(request.what()), request.direction()));
  }

  private static Watchable undecorated(Watchable what) {
    return what instanceof Watchable.OfSocket(BaseSocket socket)
        ? Watchable.of(Decorated.undecorated(socket))
        : what;
  }
}
