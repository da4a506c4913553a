package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ExceptionHandler;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.LoopStatistics;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.net.AdoptOptions;
import org.asyncio4j.net.AsyncDatagramSocket;
import org.asyncio4j.net.AsyncServerSocket;
import org.asyncio4j.net.AsyncSocket;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.DatagramConnection;
import org.asyncio4j.net.DatagramOptions;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.FileRegion;
import org.asyncio4j.net.NameResolution;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.SocketServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.UnixConnectOptions;
import org.asyncio4j.net.UnixDatagramOptions;
import org.asyncio4j.net.UnixServerOptions;
import org.asyncio4j.net.Watchable;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.jspecify.annotations.Nullable;

/**
 * The skeleton of an event loop: everything but the I/O (asyncio, {@code BaseEventLoop}). A loop
 * extends it, implements its few private hooks, and may override anything else.
 *
 * <p>Hooks are called on the loop's thread, {@link #wakeUp()} from any. {@link #poll} and {@link
 * #flush} are called on a platform thread on which no callback or task runs by itself, the same one
 * from the first run of a loop until it is closed: they run no callback, take no lock that a task
 * might hold and log nothing. Hooks that a loop does not implement throw {@link
 * UnsupportedOperationException}.
 *
 * <p>A loop that nothing refers to any more, and that was not closed, is reported in the log and
 * its resources are closed, see {@link #closeIfForgotten}. Its pending tasks are suspended threads,
 * which refer to it; a loop that has some is not collected before they have ended. The watch begins
 * when {@code Asyncio.newEventLoop} returns the loop, when something is scheduled on it, or when it
 * runs. If a constructor of a subclass throws before that, the resources that it has registered are
 * closed without a report.
 */
public abstract class BaseEventLoop implements EventLoop {

  private final String name;
  private final Hooks hooks;
  private final LoopCore core;
  private final CapabilityChecks checks;
  private final TaskCreator taskCreator;
  private final ErrorReporter reporter;
  private final BlockingOffload offload;
  private final AddressResolver resolver;
  private final TlsSupport tls;
  private final NetworkOperations network;
  private final DirectSockets sockets;
  private final WatchingOperations watching;

  /**
   * Creates an open loop.
   *
   * @param context what the framework hands in
   * @param name the name of the loop's provider, for messages and the names of threads
   * @throws IllegalStateException if the context asks for an engine that cannot be had; the message
   *     says why
   */
  @SuppressWarnings("this-escape") // the collaborators keep it for later
  protected BaseEventLoop(LoopContext context, String name) {
    this.name = requireNonNull(name, "name");
    this.hooks = new Hooks(this);
    this.core = new LoopCore(this, hooks, requireNonNull(context, "context"), name);
    this.checks = new CapabilityChecks(this, name);
    this.taskCreator = new TaskCreator(this);
    this.reporter = new ErrorReporter(this);
    this.offload = new BlockingOffload(this, name);
    this.resolver = new AddressResolver(this, offload, name);
    this.tls = new TlsSupport(this);
    this.network = new NetworkOperations(this, checks, resolver, tls);
    this.sockets = new DirectSockets(this, checks);
    this.watching = new WatchingOperations(this, checks);
    core.forgotten().watch(this);
  }

  // Hooks

  /**
   * Waits until I/O is ready, {@link #wakeUp()} was called or the time has passed, and queues the
   * callbacks of what is ready ({@link IoHandle#queue()}); runs none of them. May return early.
   *
   * @param waitNanos how long to wait at most: 0 not at all, {@link Long#MAX_VALUE} without limit
   * @throws IOException if the system refuses; the run ends with it
   */
  protected abstract void poll(long waitNanos) throws IOException;

  /**
   * Hands the requests that the loop has collected to the system. Called at the end of each batch
   * of callbacks, on the thread that calls {@link #poll}: once before each poll, with nothing
   * between the two, and once when a run ends, also if it ends because {@code poll} or this method
   * has thrown. Steps and callbacks that run without a poll between them belong to one batch.
   *
   * <p>A loop that submits and waits by one system call submits in {@code poll}, and here only if
   * {@code last} is true. Does nothing in this class: a loop that makes its system calls at once
   * has nothing to hand over.
   *
   * @param last whether the run ends, so that no poll follows
   * @throws IOException if the system refuses; the run ends with it
   */
  protected void flush(boolean last) throws IOException {
    // For loops that collect requests.
  }

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
    throw checks.lacking(Capability.TCP_CLIENT);
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
    checks.require(Capability.TLS);
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
    throw checks.lacking(CapabilityChecks.ofStreams(request.remote(), Capability.TCP_CLIENT));
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
    throw checks.lacking(CapabilityChecks.ofStreams(request.address(), Capability.TCP_SERVER));
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
    throw checks.lacking(Capability.TCP_SERVER);
  }

  /**
   * Stops accepting and closes the listening socket.
   *
   * @param listener the socket
   */
  protected void stopServing(SocketHandle listener) {
    throw checks.lacking(Capability.TCP_SERVER);
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
    throw checks.lacking(Capability.CONNECTION_LIMIT);
  }

  /**
   * Goes on after {@link #pauseServing}. Returns at once: connections are handed over by callbacks.
   *
   * @param listener the socket
   */
  protected void resumeServing(SocketHandle listener) {
    throw checks.lacking(Capability.CONNECTION_LIMIT);
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
    throw checks.lacking(
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
    throw checks.lacking(
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
    throw checks.lacking(Capability.UDP);
  }

  /**
   * Makes a stream socket for direct use, neither bound nor connected.
   *
   * @param request of which family
   * @return the socket
   * @throws IOException if the system refuses
   */
  protected AsyncSocket makeSocket(SocketRequest request) throws IOException {
    throw checks.lacking(Capability.SOCKETS);
  }

  /**
   * Makes a listening socket for direct use, not bound yet.
   *
   * @param request of which family
   * @return the socket
   * @throws IOException if the system refuses
   */
  protected AsyncServerSocket makeServerSocket(SocketRequest request) throws IOException {
    throw checks.lacking(Capability.SOCKETS);
  }

  /**
   * Makes a socket of datagrams for direct use, neither bound nor connected.
   *
   * @param request of which family
   * @return the socket
   * @throws IOException if the system refuses
   */
  protected AsyncDatagramSocket makeDatagramSocket(SocketRequest request) throws IOException {
    throw checks.lacking(Capability.SOCKETS);
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
    throw checks.lacking(Capability.SOCKETS);
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
    throw new SendFileNotAvailableException(checks.refusal(Capability.SEND_FILE));
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
    throw checks.lacking(Capability.WATCHING);
  }

  /**
   * Ends what {@link #watch} began. The callback is not called any more, even if it is queued.
   *
   * @param request what is watched
   * @return whether there was a callback
   */
  protected boolean unwatch(UnwatchRequest request) {
    throw checks.lacking(Capability.WATCHING);
  }

  // Services for subclasses and for tasks

  /**
   * Registers something that is closed if this loop is collected without having been closed. The
   * log then has a warning ({@code unclosed event loop}), and the resources are given back that
   * {@link #closeResources()} would have given back. It is called at most once, on another thread,
   * when nothing uses the loop any more; not if the loop was closed. It is also called if a
   * constructor throws after this call, without a warning unless something was scheduled already.
   *
   * @param resources holds descriptors, threads and the like; must not refer to this loop, directly
   *     or through a lambda, an inner class or an attachment, because that would keep the loop from
   *     ever being collected
   */
  protected final void closeIfForgotten(AutoCloseable resources) {
    core.forgotten().add(requireNonNull(resources, "resources"));
  }

  /**
   * Refuses an operation that may have to wait where nobody can, before it has begun.
   *
   * @param operation its name
   * @throws IllegalStateException if no task of this loop runs here
   */
  protected final void requireTask(String operation) {
    Awaiter.requireBodyOf(this, operation);
  }

  /**
   * Finds the addresses of a host in the way of {@link #nameResolution()}, suspending the current
   * task. A literal address is not looked up.
   *
   * @param address an address, resolved or not
   * @return its addresses, at least one
   * @throws IOException if the host is unknown or could not be resolved in time
   */
  protected final List<InetSocketAddress> resolve(InetSocketAddress address) throws IOException {
    return resolver.resolve(address);
  }

  /**
   * Reads a part of a file on the default executor, suspending the current task, and hands it on
   * block by block.
   *
   * @param region which part of which file; the position of a channel is moved behind what the sink
   *     took, if it took anything
   * @param blockBytes the size of the blocks
   * @param sink takes them
   * @return how many bytes the sink took
   * @throws IOException if the file cannot be read, or the sink throws it
   */
  protected final long copyFile(FileRegion region, int blockBytes, FileSink sink)
      throws IOException {
    return new FileCopy(this, region, blockBytes).into(sink);
  }

  /**
   * Makes a callback that {@link #poll} can queue again and again.
   *
   * @param action what it runs
   * @param context the context that it runs in, used as it is
   * @return the handle
   */
  protected final IoHandle newIoHandle(Runnable action, Context context) {
    return new IoHandle(
        core, requireNonNull(action, "action"), requireNonNull(context, "context"), null, null);
  }

  /**
   * Makes a callback that {@link #poll} can queue again and again, and that says in messages and
   * logs what it does: {@code <Handle accept on server socket /127.0.0.1:8080>}.
   *
   * @param action what it runs
   * @param context the context that it runs in, used as it is
   * @param what what it does, for instance {@code accept on}
   * @param subject with what; its {@code toString} is asked when a message is made
   * @return the handle
   */
  protected final IoHandle newIoHandle(
      Runnable action, Context context, String what, Object subject) {
    return new IoHandle(
        core,
        requireNonNull(action, "action"),
        requireNonNull(context, "context"),
        requireNonNull(what, "what"),
        requireNonNull(subject, "subject"));
  }

  /**
   * Makes a coroutine of the loop's engine, for a task of your own.
   *
   * @param threadName the name of its virtual thread
   * @param body what it runs
   * @param onRunnable called on the loop's thread, as a callback, when a body that was parked in a
   *     blocking call can go on; it usually takes the next step
   * @param <T> the type of the result
   * @return the coroutine
   */
  public <T extends @Nullable Object> Coroutine<T> newCoroutine(
      String threadName, Callable<? extends T> body, Runnable onRunnable) {
    return core.engine().newFiber(threadName, body, core.fromAnywhere(onRunnable));
  }

  /** {@return the engine that runs the bodies of tasks: {@code carrier} or {@code handoff}} */
  public final String coroutineEngine() {
    return core.engine().name();
  }

  /**
   * Lets somebody see every call of a private hook.
   *
   * @param observer sees the calls, or {@code null} for nobody
   */
  public final void setHookObserver(@Nullable HookObserver observer) {
    hooks.setObserver(observer);
  }

  // Callbacks and time

  @Override
  public Handle callSoon(Runnable callback) {
    return core.callSoon(callback);
  }

  @Override
  public Handle callSoon(Runnable callback, Context context) {
    return core.callSoon(callback, requireNonNull(context, "context"));
  }

  @Override
  public Handle callSoonThreadsafe(Runnable callback) {
    return core.callSoonThreadsafe(callback);
  }

  @Override
  public Handle callSoonThreadsafe(Runnable callback, Context context) {
    return core.callSoonThreadsafe(callback, requireNonNull(context, "context"));
  }

  @Override
  public TimerHandle callLater(Duration delay, Runnable callback) {
    return callAt(due(delay), callback);
  }

  @Override
  public TimerHandle callLater(Duration delay, Runnable callback, Context context) {
    return callAt(due(delay), callback, context);
  }

  @Override
  public TimerHandle callAt(long when, Runnable callback) {
    return core.callAt(when, callback);
  }

  @Override
  public TimerHandle callAt(long when, Runnable callback, Context context) {
    return core.callAt(when, callback, requireNonNull(context, "context"));
  }

  @Override
  public long time() {
    return core.cycle().time();
  }

  private long due(Duration delay) {
    return Durations.add(time(), Durations.toNanos(requireNonNull(delay, "delay")));
  }

  // Life

  @Override
  public void runForever() {
    core.ensureMayRun();
    try {
      core.run();
    } catch (IOException failure) {
      throw new UncheckedIOException("polling of " + this + " failed", failure);
    }
  }

  @Override
  public <T extends @Nullable Object> T runUntilComplete(Future<T> future) {
    return new FutureRun<>(this, requireNonNull(future, "future")).result();
  }

  @Override
  public void stop() {
    core.cycle().stop();
  }

  @Override
  public boolean isRunning() {
    return core.lifecycle().isRunning();
  }

  @Override
  public boolean isClosed() {
    return core.lifecycle().isClosed();
  }

  @Override
  public void close() {
    if (core.close()) {
      try {
        offload.close();
        resolver.close();
        hooks.closeResources();
      } finally {
        core.closed();
      }
    }
  }

  // Futures and tasks

  @Override
  public <T extends @Nullable Object> Promise<T> createFuture() {
    return new BuiltinFuture<>(this);
  }

  @Override
  public <T extends @Nullable Object> Task<T> createTask(
      Callable<? extends T> body, TaskOptions options) {
    requireNonNull(body, "body");
    requireNonNull(options, "options");
    core.ensureMaySchedule();
    return taskCreator.create(body, options);
  }

  @Override
  public void setTaskFactory(@Nullable TaskFactory factory) {
    taskCreator.setFactory(factory);
  }

  @Override
  public Optional<TaskFactory> taskFactory() {
    return Optional.ofNullable(taskCreator.factory());
  }

  @Override
  public Optional<Task<?>> currentTask() {
    return Optional.ofNullable(core.tasks().current());
  }

  @Override
  public Set<Task<?>> allTasks() {
    return core.tasks().pending();
  }

  // Network

  @Override
  public <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
    return network.createConnection(protocolFactory, options);
  }

  @Override
  public Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
      throws IOException {
    return network.createServer(protocolFactory, options);
  }

  @Override
  public <P extends DatagramProtocol> DatagramConnection<P> createDatagramEndpoint(
      Supplier<? extends P> protocolFactory, DatagramOptions options) throws IOException {
    return network.createDatagramEndpoint(protocolFactory, options);
  }

  @Override
  public Transport startTls(
      Transport transport,
      StreamProtocol protocol,
      TlsOptions options,
      TlsRole role,
      ByteBuffer received)
      throws IOException {
    return network.startTls(transport, protocol, options, role, received);
  }

  @Override
  public <P extends StreamProtocol> Connection<P> createUnixConnection(
      Supplier<? extends P> protocolFactory, UnixConnectOptions options) throws IOException {
    return network.createUnixConnection(protocolFactory, options);
  }

  @Override
  public Server createUnixServer(
      Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
      throws IOException {
    return network.createUnixServer(protocolFactory, options);
  }

  @Override
  public <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
      Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException {
    return network.createUnixDatagramEndpoint(protocolFactory, options);
  }

  @Override
  public AsyncSocket openSocket(ProtocolFamily family) throws IOException {
    return sockets.openSocket(family);
  }

  @Override
  public AsyncServerSocket openServerSocket(ProtocolFamily family) throws IOException {
    return sockets.openServerSocket(family);
  }

  @Override
  public AsyncDatagramSocket openDatagramSocket(ProtocolFamily family) throws IOException {
    return sockets.openDatagramSocket(family);
  }

  @Override
  public <P extends StreamProtocol> Connection<P> adoptSocket(
      Supplier<? extends P> protocolFactory, AdoptOptions options) throws IOException {
    return network.adoptSocket(protocolFactory, options);
  }

  @Override
  public Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, SocketServerOptions options)
      throws IOException {
    return network.createServer(protocolFactory, options);
  }

  @Override
  public long sendFile(Transport transport, FileRegion region, boolean fallback)
      throws IOException {
    return network.sendFile(transport, region, fallback);
  }

  @Override
  public Handle addReader(Watchable what, Runnable callback) throws IOException {
    return watching.add(what, WatchDirection.READ, callback);
  }

  @Override
  public boolean removeReader(Watchable what) {
    return watching.remove(what, WatchDirection.READ);
  }

  @Override
  public Handle addWriter(Watchable what, Runnable callback) throws IOException {
    return watching.add(what, WatchDirection.WRITE, callback);
  }

  @Override
  public boolean removeWriter(Watchable what) {
    return watching.remove(what, WatchDirection.WRITE);
  }

  @Override
  public List<InetAddress> resolve(String host) throws IOException {
    return network.resolve(host);
  }

  @Override
  public void setNameResolution(NameResolution changed) {
    resolver.setDefaults(requireNonNull(changed, "changed"));
  }

  @Override
  public NameResolution nameResolution() {
    return resolver.defaults();
  }

  // Blocking code

  @Override
  public <T extends @Nullable Object> Future<T> runInExecutor(Callable<? extends T> body) {
    requireNonNull(body, "body");
    core.ensureMaySchedule();
    return offload.submit(body);
  }

  @Override
  public <T extends @Nullable Object> Future<T> runInExecutor(
      Executor executor, Callable<? extends T> body) {
    requireNonNull(executor, "executor");
    requireNonNull(body, "body");
    core.ensureMaySchedule();
    return offload.submit(executor, body);
  }

  @Override
  public void setDefaultExecutor(ExecutorService executor) {
    offload.setExecutor(requireNonNull(executor, "executor"));
  }

  @Override
  public boolean shutdownDefaultExecutor(Duration timeout) {
    return offload.shutDown(requireNonNull(timeout, "timeout"));
  }

  // Errors and debugging

  @Override
  public void setExceptionHandler(@Nullable ExceptionHandler handler) {
    reporter.setHandler(handler);
  }

  @Override
  public Optional<ExceptionHandler> exceptionHandler() {
    return Optional.ofNullable(reporter.handler());
  }

  @Override
  public void callExceptionHandler(ErrorReport report) {
    reporter.report(requireNonNull(report, "report"));
  }

  @Override
  public void defaultExceptionHandler(ErrorReport report) {
    ErrorReporter.log(requireNonNull(report, "report"));
  }

  @Override
  public LoopStatistics statistics() {
    return core.statistics();
  }

  @Override
  public boolean isDebug() {
    return core.isDebug();
  }

  @Override
  public void setDebug(boolean changed) {
    core.setDebug(changed);
  }

  @Override
  public Duration slowCallbackDuration() {
    return core.cycle().monitor().threshold();
  }

  @Override
  public void setSlowCallbackDuration(Duration duration) {
    core.cycle().monitor().setThreshold(requireNonNull(duration, "duration"));
  }

  @Override
  public String toString() {
    return "<EventLoop %s %s %s%s>"
        .formatted(name, coroutineEngine(), core.lifecycle(), isDebug() ? " debug" : "");
  }

  // For the framework

  final LoopCore core() {
    return core;
  }

  final Hooks hooks() {
    return hooks;
  }
}
