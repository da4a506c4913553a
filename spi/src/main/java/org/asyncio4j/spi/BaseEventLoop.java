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
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.DatagramConnection;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.AdoptOptions;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.net.options.NameResolution;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.options.SocketServerOptions;
import org.asyncio4j.net.options.UnixConnectOptions;
import org.asyncio4j.net.options.UnixDatagramOptions;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.net.socket.AsyncDatagramSocket;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ConnectDatagramRequest;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.spi.hooks.DetachSocketRequest;
import org.asyncio4j.spi.hooks.FileSink;
import org.asyncio4j.spi.hooks.HookObserver;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.SendFileRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.SocketRequest;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.spi.hooks.TlsTransportRequest;
import org.asyncio4j.spi.hooks.UnwatchRequest;
import org.asyncio4j.spi.hooks.WatchDirection;
import org.asyncio4j.spi.hooks.WatchRequest;
import org.asyncio4j.spi.internal.cycle.Durations;
import org.asyncio4j.spi.internal.cycle.ErrorReporter;
import org.asyncio4j.spi.internal.net.AddressResolver;
import org.asyncio4j.spi.internal.net.BlockingOffload;
import org.asyncio4j.spi.internal.net.TlsSupport;
import org.asyncio4j.spi.internal.sendfile.FileCopy;
import org.jspecify.annotations.Nullable;

/**
 * A skeletal event loop: everything but the I/O (asyncio, {@code BaseEventLoop}). A loop extends
 * this class, implements its few private hooks, and may override anything else.
 *
 * <p>Hooks are called on the loop's thread, except {@link #wakeUp()}, which is called from any
 * thread. {@link #poll} and {@link #flush} are called on a platform thread on which no callback or
 * task runs directly; it is the same thread from the first run of a loop until the loop is closed.
 * These two hooks must not run callbacks, take a lock that a task might hold, or log. Hooks that a
 * loop does not implement throw {@link UnsupportedOperationException}.
 *
 * <p>If a loop becomes unreachable without having been closed, a warning is logged and its
 * resources are closed, see {@link #closeIfForgotten}. Pending tasks are suspended threads that
 * refer to their loop, so a loop is not collected while it has any. This check begins when {@code
 * Asyncio.newEventLoop} returns the loop, when something is scheduled on it, or when it runs. If a
 * constructor of a subclass throws before that, the resources that it has registered are closed
 * without a warning.
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
  private final WatchOperations watching;

  /**
   * Creates an open loop.
   *
   * @param context the clock, the engine and debug mode
   * @param name the name of the loop's provider, for messages and the names of threads
   * @throws IllegalStateException if the context asks for an engine that is unavailable; the
   *     message says why
   */
  @SuppressWarnings("this-escape") // the collaborators keep it for later
  protected BaseEventLoop(LoopContext context, String name) {
    this.name = requireNonNull(name, "name");
    this.hooks = new Hooks(this);
    this.core = new LoopCore(this, hooks, requireNonNull(context, "context"), name);
    this.checks = new CapabilityChecks(this, name);
    this.taskCreator = new TaskCreator(this);
    this.reporter = new ErrorReporter(this);
    this.offload = new BlockingOffload(core, name);
    this.resolver = new AddressResolver(core, offload, name);
    this.tls = new TlsSupport(core);
    this.network = new NetworkOperations(core, checks, resolver, tls);
    this.sockets = new DirectSockets(core, checks);
    this.watching = new WatchOperations(core, checks);
    core.forgotten().watch(this);
  }

  // Hooks

  /**
   * Waits until I/O is ready, {@link #wakeUp()} is called or the time has passed, then queues the
   * callbacks for the ready I/O ({@link IoHandle#queue()}) without running them. May return early.
   *
   * @param waitNanos the maximum time to wait: 0 returns at once, {@link Long#MAX_VALUE} waits
   *     without limit
   * @throws IOException if the system refuses; the run ends with it
   */
  protected abstract void poll(long waitNanos) throws IOException;

  /**
   * Submits the requests that the loop has collected to the system. Called at the end of each batch
   * of callbacks, on the thread that calls {@link #poll}: once immediately before each poll, and
   * once when a run ends, even if it ends because {@code poll} or this method has thrown. Steps and
   * callbacks that run without a poll between them belong to one batch.
   *
   * <p>A loop that submits and waits with a single system call submits in {@code poll}, and here
   * only if {@code last} is true. This implementation does nothing: a loop that makes its system
   * calls at once has nothing to submit.
   *
   * @param last whether the run ends, so that no poll follows
   * @throws IOException if the system refuses; the run ends with it
   */
  protected void flush(boolean last) throws IOException {
    // For loops that collect requests.
  }

  /**
   * Makes the current {@link #poll} return or, if none is waiting, makes the next one return at
   * once. Called from any thread, at any time, including during and after {@link
   * #closeResources()}. A wake-up is never lost; this method never throws or blocks.
   */
  protected abstract void wakeUp();

  /**
   * Releases the loop's system resources. Called once, as the last hook, while the loop does not
   * run.
   */
  protected abstract void closeResources();

  /** {@return the capabilities of this loop} */
  public abstract Set<Capability> capabilities();

  /**
   * Creates a transport for a connected socket. Returns at once and schedules, in this order:
   * {@code connectionMade}, the start of reading, the waiter's completion.
   *
   * <p>The transport's methods that change something reject calls from other threads: they begin
   * with {@link RunningLoop#ensureOwner}. The same holds for {@code option} and {@code setOption}
   * of the socket that the transport returns.
   *
   * @param request the socket, the protocol and the settings; the transport owns the socket from
   *     now on
   * @return the transport
   */
  protected Transport makeSocketTransport(SocketTransportRequest request) {
    throw checks.lacking(Capability.TCP_CLIENT);
  }

  /**
   * Creates a transport that speaks TLS. Returns at once and schedules the handshake. When the
   * handshake is done, {@code connectionMade} is called and the waiter is completed, in this order,
   * before any data is delivered. If the handshake fails or exceeds its time limit, the carrier is
   * closed, the waiter fails, and the protocol is not called.
   *
   * <p>An existing transport belongs to its former protocol until the waiter is done; if the
   * connection is lost before that, the former protocol is notified. {@code connectionMade} is not
   * called on the new protocol, and none of its methods is called before the callbacks of the
   * waiter have run. If those call {@code setProtocol}, the protocol set there takes its place.
   *
   * <p>The amount of data that the peer may send before the handshake is done is bounded: {@link
   * org.asyncio4j.net.tls.TlsOptions}.
   *
   * <p>If this method throws, the carrier is unchanged: the caller still owns a socket, and a
   * transport keeps its protocol and continues.
   *
   * <p>This implementation uses an {@link javax.net.ssl.SSLEngine} over any stream transport.
   *
   * @param request the carrier of the ciphertext, the protocol and the settings; the new transport
   *     owns the carrier from now on
   * @return the transport
   * @throws IOException if the JDK cannot create an engine
   * @throws IllegalArgumentException if the options are not valid for the role
   */
  protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
    checks.require(Capability.TLS);
    return tls.make(request);
  }

  /**
   * Connects a stream socket. Returns at once. If the future is cancelled, the descriptor is closed
   * exactly once. An {@link InetSocketAddress} needs {@link Capability#TCP_CLIENT}, a Unix address
   * {@link Capability#UNIX_STREAM}, and an {@link org.asyncio4j.net.socket.AbstractUnixAddress}
   * also {@link Capability#UNIX_ABSTRACT}. If the backlog of a Unix listener is full, the attempt
   * waits for room.
   *
   * <p>The future fails with:
   *
   * <ul>
   *   <li>{@link java.net.BindException} if the local address cannot be bound before connecting: it
   *       is in use, this machine does not have it, or permission is denied
   *   <li>{@link java.net.ConnectException} if the peer refuses, or does not respond before the
   *       system gives up
   *   <li>{@link java.net.NoRouteToHostException} if there is no route to the address
   *   <li>another {@link IOException} for all other failures, including a Unix path without a
   *       listener or without a file
   * </ul>
   *
   * <p>If the message lacks the address, the framework adds it, keeping these three types; a
   * failure of another type becomes the cause of a plain {@code IOException}. An {@code
   * IOException} thrown by this hook itself is treated as the failure of the future.
   *
   * @param request the remote address and, if given, the local one
   * @return a future for a connected socket of this loop
   */
  protected Future<SocketHandle> connectSocket(ConnectSocketRequest request) {
    throw checks.lacking(CapabilityChecks.ofStreams(request.remote(), Capability.TCP_CLIENT));
  }

  /**
   * Binds a stream socket and listens, but accepts nothing yet: connections wait in the system's
   * queue until {@link #startServing} is called, and are dropped if the socket is closed before
   * that. An {@link InetSocketAddress} needs {@link Capability#TCP_SERVER}, a Unix address {@link
   * Capability#UNIX_STREAM}, and an {@link org.asyncio4j.net.socket.AbstractUnixAddress} also
   * {@link Capability#UNIX_ABSTRACT}. The framework deletes the file of a Unix socket, before
   * binding and when serving ends.
   *
   * @param request the address to bind, and the options
   * @return the socket
   * @throws java.net.BindException if an Internet address cannot be bound: it is in use, this
   *     machine does not have it, or permission is denied. The framework adds the address
   * @throws IOException if the system refuses for another reason; for the IPv6 wildcard that means
   *     that the machine has no IPv6, and the framework binds the IPv4 wildcard instead. For a Unix
   *     address, an exception of any type reaches the application as a {@code BindException} with
   *     the path. No descriptor is left open if this method throws
   */
  protected SocketHandle bindSocket(BindSocketRequest request) throws IOException {
    throw checks.lacking(CapabilityChecks.ofStreams(request.address(), Capability.TCP_SERVER));
  }

  /**
   * Starts accepting connections in bounded batches, beginning with those that already wait. An
   * aborted connection is skipped. If descriptors run out, the loop reports that once, pauses for a
   * second and tries again. Nothing is accepted or reported after {@link #stopServing}.
   *
   * @param request the socket and the consumer of accepted connections
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
   * Pauses accepting connections from a listener; new ones wait in the system's backlog. Called on
   * the loop's thread while the listener is served, possibly from {@code onAccepted} of the {@link
   * ServingRequest}: a loop that accepts in batches then ends the batch. If an accept cannot be
   * cancelled, the loop keeps the connection accepted in the meantime (at most one) until {@link
   * #resumeServing}, and closes it if {@link #stopServing} comes first.
   *
   * @param listener the socket
   */
  protected void pauseServing(SocketHandle listener) {
    throw checks.lacking(Capability.CONNECTION_LIMIT);
  }

  /**
   * Resumes accepting after {@link #pauseServing}. Returns at once: connections are delivered by
   * callbacks.
   *
   * @param listener the socket
   */
  protected void resumeServing(SocketHandle listener) {
    throw checks.lacking(Capability.CONNECTION_LIMIT);
  }

  /**
   * Opens a datagram socket, and binds it if there is a local address. The families {@code INET}
   * and {@code INET6} need {@link Capability#UDP}, {@code UNIX} needs {@link
   * Capability#UNIX_DATAGRAM}, and an {@link org.asyncio4j.net.socket.AbstractUnixAddress} also
   * {@link Capability#UNIX_ABSTRACT}. The framework deletes the file of a Unix socket before this
   * call, and after {@link #connectDatagram} has failed, which is why connecting is a separate
   * hook.
   *
   * @param request the family, the address to bind and the options
   * @return the socket
   * @throws java.net.BindException if an Internet address cannot be bound: it is in use, this
   *     machine does not have it, or permission is denied; with the address in its message
   * @throws IOException if the system refuses for another reason. For a Unix address, an exception
   *     of any type reaches the application as a {@code BindException} with the path. No descriptor
   *     is left open if this method throws
   */
  protected SocketHandle openDatagram(OpenDatagramRequest request) throws IOException {
    throw checks.lacking(
        request.family() == StandardProtocolFamily.UNIX
            ? Capability.UNIX_DATAGRAM
            : Capability.UDP);
  }

  /**
   * Connects a datagram socket to its only peer, which does not block. Needs the same capabilities
   * as {@link #openDatagram}.
   *
   * @param request the socket and the address of the peer
   * @throws IOException if the system refuses, of the types listed at {@link #connectSocket}; the
   *     framework adds the address if it is missing, and closes the socket
   */
  protected void connectDatagram(ConnectDatagramRequest request) throws IOException {
    throw checks.lacking(
        request.remote() instanceof InetSocketAddress ? Capability.UDP : Capability.UNIX_DATAGRAM);
  }

  /**
   * Creates a transport for a datagram socket. Returns at once and schedules, in this order: {@code
   * connectionMade}, the start of reading, the waiter's completion.
   *
   * @param request the socket, the protocol and the settings; the transport owns the socket from
   *     now on
   * @return the transport
   */
  protected DatagramTransport makeDatagramTransport(DatagramTransportRequest request) {
    throw checks.lacking(Capability.UDP);
  }

  /**
   * Creates a stream socket for direct use, neither bound nor connected.
   *
   * @param request of which family
   * @return the socket
   * @throws IOException if the system refuses
   */
  protected AsyncSocket makeSocket(SocketRequest request) throws IOException {
    throw checks.lacking(Capability.SOCKETS);
  }

  /**
   * Creates a listening socket for direct use, not yet bound.
   *
   * @param request of which family
   * @return the socket
   * @throws IOException if the system refuses
   */
  protected AsyncServerSocket makeServerSocket(SocketRequest request) throws IOException {
    throw checks.lacking(Capability.SOCKETS);
  }

  /**
   * Creates a datagram socket for direct use, neither bound nor connected.
   *
   * @param request of which family
   * @return the socket
   * @throws IOException if the system refuses
   */
  protected AsyncDatagramSocket makeDatagramSocket(SocketRequest request) throws IOException {
    throw checks.lacking(Capability.SOCKETS);
  }

  /**
   * Detaches a connected or bound socket from the application, for {@link #makeSocketTransport} or
   * {@link #startServing}. If this method throws {@link IllegalStateException}, the socket is
   * unchanged.
   *
   * @param request the socket to detach
   * @return the detached socket, which the caller closes or hands over
   * @throws IOException if the socket is closed
   */
  protected SocketHandle detachSocket(DetachSocketRequest request) throws IOException {
    throw checks.lacking(Capability.SOCKETS);
  }

  /**
   * Lets the system copy a region of a file to a connection, suspending the current task. Earlier
   * writes are sent first. Until the copy has ended, writes are rejected; reading continues.
   *
   * <p>This implementation always throws {@link SendFileNotAvailableException}; the framework then
   * reads and writes the file instead.
   *
   * @param request the connection and the file region
   * @return the number of bytes sent
   * @throws SendFileNotAvailableException if the system cannot copy this file to this connection;
   *     nothing was sent in that case
   * @throws IOException if the file cannot be read or the connection was lost
   */
  protected long sendFile(SendFileRequest request) throws IOException {
    throw new SendFileNotAvailableException(checks.refusal(Capability.SEND_FILE));
  }

  /**
   * Registers a callback to be called in each tick in which a watched object is ready. It replaces
   * an earlier callback, which is cancelled.
   *
   * @param request the object to watch and the callback
   * @return the handle of the callback
   * @throws IOException if the system refuses
   */
  protected Handle watch(WatchRequest request) throws IOException {
    throw checks.lacking(Capability.WATCHING);
  }

  /**
   * Removes a callback registered by {@link #watch}. It is not called any more, even if it is
   * already queued.
   *
   * @param request the watched object and the direction
   * @return whether there was a callback
   */
  protected boolean unwatch(UnwatchRequest request) {
    throw checks.lacking(Capability.WATCHING);
  }

  // Services for subclasses and for tasks

  /**
   * Registers resources to close if this loop is garbage-collected without having been closed. In
   * that case a warning is logged ({@code unclosed event loop}), and the resources are closed that
   * {@link #closeResources()} would have released. They are closed at most once, on another thread,
   * when nothing uses the loop any more, and not if the loop was closed. They are also closed if a
   * constructor throws after this call, without a warning unless something was scheduled already.
   *
   * @param resources holds descriptors, threads and the like; must not refer to this loop, directly
   *     or through a lambda, an inner class or an attachment, because the loop could then never be
   *     collected
   */
  protected final void closeIfForgotten(AutoCloseable resources) {
    core.forgotten().add(requireNonNull(resources, "resources"));
  }

  /**
   * Throws if the caller cannot wait; called before an operation begins that may have to.
   *
   * @param operation the name of the operation
   * @throws IllegalStateException if no task of this loop runs here
   */
  protected final void requireTask(String operation) {
    Awaiter.requireBodyOf(this, operation);
  }

  /**
   * Resolves a host as {@link #nameResolution()} specifies, suspending the current task. A literal
   * address is not looked up.
   *
   * @param address an address, resolved or not
   * @return the addresses of the host, at least one
   * @throws IOException if the host is unknown or could not be resolved in time
   */
  protected final List<InetSocketAddress> resolve(InetSocketAddress address) throws IOException {
    return resolver.resolve(address);
  }

  /**
   * Reads a region of a file on the default executor, suspending the current task, and passes it to
   * a sink block by block.
   *
   * @param region the file region; if the sink took any bytes, the position of a channel moves past
   *     them
   * @param blockBytes the size of the blocks
   * @param sink takes the blocks
   * @return the number of bytes that the sink took
   * @throws IOException if the file cannot be read, or if the sink throws it
   */
  protected final long copyFile(FileRegion region, int blockBytes, FileSink sink)
      throws IOException {
    return new FileCopy(core, region, blockBytes).into(sink);
  }

  /**
   * Creates a callback that {@link #poll} can queue repeatedly.
   *
   * @param action the action to run
   * @param context the context to run it in; it is not copied
   * @return the handle
   */
  protected final IoHandle newIoHandle(Runnable action, Context context) {
    return new IoCallback(
        core, requireNonNull(action, "action"), requireNonNull(context, "context"), null, null);
  }

  /**
   * Creates a callback that {@link #poll} can queue repeatedly, and that is described in messages
   * and logs: {@code <Handle accept on server socket /127.0.0.1:8080>}.
   *
   * @param action the action to run
   * @param context the context to run it in; it is not copied
   * @param what the action in words, for instance {@code accept on}
   * @param subject the object of the action; its {@code toString} is called when a message is made
   * @return the handle
   */
  protected final IoHandle newIoHandle(
      Runnable action, Context context, String what, Object subject) {
    return new IoCallback(
        core,
        requireNonNull(action, "action"),
        requireNonNull(context, "context"),
        requireNonNull(what, "what"),
        requireNonNull(subject, "subject"));
  }

  /**
   * Creates a coroutine of the loop's engine, for a custom task.
   *
   * @param threadName the name of its virtual thread
   * @param body the code to run
   * @param onRunnable called on the loop's thread, as a callback, when a body that was parked in a
   *     blocking call can continue; it usually takes the next step
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
   * Sets an observer that is notified of each call of a private hook.
   *
   * @param observer the observer, or {@code null} for none
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
