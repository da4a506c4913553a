package org.asyncio4j.spi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Set;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.AsyncDatagramSocket;
import org.asyncio4j.net.AsyncServerSocket;
import org.asyncio4j.net.AsyncSocket;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.net.Transport;

/**
 * The half of {@link BaseEventLoop} that loops implement: the private hooks. Those of transports
 * refuse, naming the capability that the loop would have to have.
 */
abstract class TransportHooks extends LoopScheduler {

  private final String name;
  private final Hooks hooks = new Hooks((BaseEventLoop) this);
  private final TlsSupport tls = new TlsSupport((BaseEventLoop) this);

  @SuppressWarnings("this-escape") // the collaborators keep it for later
  TransportHooks(LoopContext context, String name) {
    super(context, name);
    this.name = name;
  }

  /**
   * Waits until I/O is ready, {@link #wakeUp()} was called or the time has passed, and queues the
   * callbacks of what is ready ({@link IoHandle#queue()}); runs none of them. May return early.
   *
   * @param waitNanos how long to wait at most: 0 not at all, {@link Long#MAX_VALUE} without limit
   * @throws IOException if the system refuses; the run ends with it
   */
  protected abstract void poll(long waitNanos) throws IOException;

  /**
   * Ends the {@link #poll} that waits, or else the next one at once. Called from any thread, at any
   * time, also during and after {@link #closeResources()}; never throws, blocks, or gets lost.
   */
  protected abstract void wakeUp();

  /**
   * Gives back what the loop holds of the system. Called once, as the last hook, while the loop
   * does not run.
   */
  protected abstract void closeResources();

  /** {@return what this loop can do} */
  public abstract Set<Capability> capabilities();

  /**
   * Makes a transport of a connected socket. Returns at once and schedules, in this order: {@code
   * connectionMade}, the start of reading, the waiter's completion.
   *
   * <p>The methods of the transport that change something refuse foreign threads: they begin with
   * {@link LoopsHere#ensureOwner}. So do {@code option} and {@code setOption} of the socket that it
   * hands out.
   *
   * @param request the socket, the protocol and the rest; the socket is the transport's from now on
   * @return the transport
   */
  protected Transport makeSocketTransport(SocketTransportRequest request) {
    throw lacking(Capability.TCP_CLIENT);
  }

  /**
   * Makes a transport that speaks TLS. Returns at once, and schedules the handshake; when that is
   * done, {@code connectionMade} is called and the waiter completed, in this order, before any
   * data. If it fails or takes longer than its limit, the carrier is closed, the waiter fails, and
   * the protocol is not called.
   *
   * <p>A transport that is taken over belongs to its former protocol until the waiter is done: that
   * one is notified if the connection is lost. The new protocol is not told that the connection was
   * made, and is not called before the callbacks of the waiter have run. If they call {@code
   * setProtocol}, that protocol takes its place.
   *
   * <p>What the peer may send before the handshake is done is bounded: {@link
   * org.asyncio4j.net.TlsOptions}.
   *
   * <p>If this throws, the carrier is as it was before: a socket stays the caller's, a transport
   * has its protocol and goes on.
   *
   * <p>This one speaks through an {@link javax.net.ssl.SSLEngine}, over any stream transport.
   *
   * @param request what carries the ciphertext, the protocol and the rest; the carrier is the
   *     transport's from now on
   * @return the transport
   * @throws IOException if the JDK cannot make an engine
   * @throws IllegalArgumentException if the options do not do for the role
   */
  protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
    require(Capability.TLS);
    return tls.make(request);
  }

  /**
   * Connects a stream socket. Returns at once. If the future is cancelled the descriptor is closed,
   * exactly once. An {@link InetSocketAddress} needs {@link Capability#TCP_CLIENT}, a Unix address
   * {@link Capability#UNIX_STREAM}, and an {@link org.asyncio4j.net.AbstractUnixAddress} also
   * {@link Capability#UNIX_ABSTRACT}. A Unix listener whose backlog is full is waited for.
   *
   * <p>The future fails with:
   *
   * <ul>
   *   <li>{@link java.net.BindException} if the local address cannot be bound, before the connect
   *       begins: it is in use, this machine does not have it, or its use is forbidden
   *   <li>{@link java.net.ConnectException} if the peer refuses, or does not answer before the
   *       system gives up
   *   <li>{@link java.net.NoRouteToHostException} if there is no way to the address
   *   <li>another {@link IOException} for everything else, also for a Unix path without a listener
   *       or without a file
   * </ul>
   *
   * <p>The framework adds the address to the message if it is missing, and keeps these three types;
   * a failure of another type then becomes the cause of a plain {@code IOException}. If this hook
   * throws an {@code IOException} itself, it counts as the failure of the future.
   *
   * @param request where to, and where from
   * @return a connected socket of this loop to come, or what it failed with
   */
  protected Future<SocketHandle> connectSocket(ConnectSocketRequest request) {
    throw lacking(ofStreams(request.remote(), Capability.TCP_CLIENT));
  }

  /**
   * Binds a stream socket and listens, but accepts nothing yet: connections wait in the system's
   * queue until {@link #startServing}, or end when the socket is closed. An {@link
   * InetSocketAddress} needs {@link Capability#TCP_SERVER}, a Unix address {@link
   * Capability#UNIX_STREAM}, and an {@link org.asyncio4j.net.AbstractUnixAddress} also {@link
   * Capability#UNIX_ABSTRACT}. The framework deletes the file of a Unix socket, before and after.
   *
   * @param request where, and how
   * @return the socket
   * @throws java.net.BindException if an Internet address cannot be bound: it is in use, this
   *     machine does not have it, or its use is forbidden. The framework adds the address
   * @throws IOException if the system refuses for another reason; for the IPv6 wildcard that means
   *     that the machine has no IPv6, and the framework binds the IPv4 wildcard instead. What a
   *     Unix address fails with, of whatever type, reaches the application as a {@code
   *     BindException} with the path. No descriptor is left open if this throws
   */
  protected SocketHandle bindSocket(BindSocketRequest request) throws IOException {
    throw lacking(ofStreams(request.address(), Capability.TCP_SERVER));
  }

  /**
   * Accepts connections, those that wait first, in bounded batches. An aborted connection is
   * skipped; when descriptors run out there is one report, a pause of a second, and another try;
   * never anything after {@link #stopServing}.
   *
   * @param request the socket and who takes the connections
   * @throws IOException if the system refuses
   */
  protected void startServing(ServingRequest request) throws IOException {
    throw lacking(Capability.TCP_SERVER);
  }

  /**
   * Stops accepting and closes the listening socket.
   *
   * @param listener the socket
   */
  protected void stopServing(SocketHandle listener) {
    throw lacking(Capability.TCP_SERVER);
  }

  /**
   * Accepts no more connections from a listener for the time being; those that come wait in the
   * system's backlog. Called on the loop's thread while the listener is served, also by {@code
   * onAccepted} of the {@link ServingRequest}: a loop that accepts in batches ends the batch. A
   * loop whose accept cannot be taken back keeps the connection that it has accepted meanwhile, at
   * most one, until {@link #resumeServing}, and closes it if {@link #stopServing} comes first.
   *
   * @param listener the socket
   */
  protected void pauseServing(SocketHandle listener) {
    throw lacking(Capability.CONNECTION_LIMIT);
  }

  /**
   * Goes on after {@link #pauseServing}. Returns at once: connections are handed over by callbacks.
   *
   * @param listener the socket
   */
  protected void resumeServing(SocketHandle listener) {
    throw lacking(Capability.CONNECTION_LIMIT);
  }

  /**
   * Opens a socket of datagrams, and binds it if there is a local address. The families {@code
   * INET} and {@code INET6} need {@link Capability#UDP}, {@code UNIX} needs {@link
   * Capability#UNIX_DATAGRAM}, and an {@link org.asyncio4j.net.AbstractUnixAddress} also {@link
   * Capability#UNIX_ABSTRACT}. The framework deletes the file of a Unix socket: before this, and
   * after {@link #connectDatagram} has failed, which is why that is a hook of its own.
   *
   * @param request the family, where to bind, and how
   * @return the socket
   * @throws java.net.BindException if an Internet address cannot be bound: it is in use, this
   *     machine does not have it, or its use is forbidden; with the address in its message
   * @throws IOException if the system refuses for another reason. What binding a Unix address fails
   *     with, of whatever type, reaches the application as a {@code BindException} with the path.
   *     No descriptor is left open if this throws
   */
  protected SocketHandle openDatagram(OpenDatagramRequest request) throws IOException {
    throw lacking(
        request.family() == StandardProtocolFamily.UNIX
            ? Capability.UNIX_DATAGRAM
            : Capability.UDP);
  }

  /**
   * Connects a socket of datagrams to its only peer, which takes no time. It needs the same
   * capabilities as {@link #openDatagram}.
   *
   * @param request which socket, and where to
   * @throws IOException if the system refuses, of the types that {@link #connectSocket} names; the
   *     framework adds the address if it is missing, and closes the socket
   */
  protected void connectDatagram(ConnectDatagramRequest request) throws IOException {
    throw lacking(
        request.remote() instanceof InetSocketAddress ? Capability.UDP : Capability.UNIX_DATAGRAM);
  }

  /**
   * Makes a transport of a socket of datagrams. Returns at once and schedules, in this order:
   * {@code connectionMade}, the start of reading, the waiter's completion.
   *
   * @param request the socket, the protocol and the rest; the socket is the transport's from now on
   * @return the transport
   */
  protected DatagramTransport makeDatagramTransport(DatagramTransportRequest request) {
    throw lacking(Capability.UDP);
  }

  /**
   * Makes a stream socket for direct use, neither bound nor connected.
   *
   * @param request of which family
   * @return the socket
   * @throws IOException if the system refuses
   */
  protected AsyncSocket makeSocket(SocketRequest request) throws IOException {
    throw lacking(Capability.SOCKETS);
  }

  /**
   * Makes a listening socket for direct use, not bound yet.
   *
   * @param request of which family
   * @return the socket
   * @throws IOException if the system refuses
   */
  protected AsyncServerSocket makeServerSocket(SocketRequest request) throws IOException {
    throw lacking(Capability.SOCKETS);
  }

  /**
   * Makes a socket of datagrams for direct use, neither bound nor connected.
   *
   * @param request of which family
   * @return the socket
   * @throws IOException if the system refuses
   */
  protected AsyncDatagramSocket makeDatagramSocket(SocketRequest request) throws IOException {
    throw lacking(Capability.SOCKETS);
  }

  /**
   * Takes a connected or a bound socket from the application, for {@link #makeSocketTransport} or
   * {@link #startServing}. If this throws {@link IllegalStateException} the socket stays as it is.
   *
   * @param request which socket
   * @return the socket, which the caller closes or hands over
   * @throws IOException if the socket is closed
   */
  protected SocketHandle detachSocket(DetachSocketRequest request) throws IOException {
    throw lacking(Capability.SOCKETS);
  }

  /**
   * Has the system copy a part of a file to a connection, suspending the current task. What was
   * written before goes first; writes are refused meanwhile, reading goes on.
   *
   * <p>This one cannot, which is no reason to give up: the framework reads and writes the file
   * then.
   *
   * @param request which connection, which part of which file
   * @return how many bytes were sent
   * @throws SendFileNotAvailableException if the system cannot copy this file to this connection;
   *     nothing was sent then
   * @throws IOException if the file cannot be read, or the connection was lost
   */
  protected long sendFile(SendFileRequest request) throws IOException {
    throw new SendFileNotAvailableException(
        "loop %s must have capability SEND_FILE for this but has %s"
            .formatted(name, capabilities()));
  }

  /**
   * Has a callback called in each tick in which something is ready. Takes the place of a former
   * one, which is cancelled.
   *
   * @param request what to watch, and what to call
   * @return the callback
   * @throws IOException if the system refuses
   */
  protected Handle watch(WatchRequest request) throws IOException {
    throw lacking(Capability.WATCHING);
  }

  /**
   * Ends what {@link #watch} began. The callback is not called any more, even if it is queued.
   *
   * @param request what is watched
   * @return whether there was a callback
   */
  protected boolean unwatch(UnwatchRequest request) {
    throw lacking(Capability.WATCHING);
  }

  private static Capability ofStreams(SocketAddress address, Capability internet) {
    return address instanceof InetSocketAddress ? internet : Capability.UNIX_STREAM;
  }

  final Hooks hooks() {
    return hooks;
  }

  final TlsSupport tls() {
    return tls;
  }

  final String name() {
    return name;
  }

  final void require(Capability capability) {
    if (!capabilities().contains(capability)) {
      throw lacking(capability);
    }
  }

  final UnsupportedOperationException lacking(Capability capability) {
    return new UnsupportedOperationException(
        "loop %s must have capability %s for this but has %s"
            .formatted(name, capability, capabilities()));
  }
}
