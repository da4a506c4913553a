package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ExceptionHandler;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.net.AbstractUnixAddress;
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
import org.asyncio4j.net.UnixServerOptions;
import org.asyncio4j.net.Watchable;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.jspecify.annotations.Nullable;

/**
 * The skeleton of an event loop: everything but the I/O (asyncio, {@code BaseEventLoop}). A loop
 * extends it, implements its few private hooks, and may override anything else.
 *
 * <p>Hooks are called on the loop's thread, {@link #wakeUp()} from any. {@link #poll} alone is
 * called on the thread that carries the loop's fibers, or one that stands in for it: it runs no
 * callback, takes no lock that a task might hold and logs nothing. Hooks that a loop does not
 * implement throw {@link UnsupportedOperationException}.
 */
public abstract class BaseEventLoop extends LoopScheduler implements EventLoop {

  private final String name;
  private final ErrorReporter reporter = new ErrorReporter(this);
  private final BlockingOffload offload = new BlockingOffload(this);
  private final AddressResolver resolver = new AddressResolver(this, offload);
  private final Hooks hooks = new Hooks(this);
  private final TlsSupport tls = new TlsSupport(this);
  private @Nullable TaskFactory taskFactory;

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
    super(context, name);
    this.name = name;
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
   * the protocol hears nothing.
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
   * Connects a socket. Returns at once. If the future is cancelled the descriptor is closed,
   * exactly once.
   *
   * @param request where to, and where from
   * @return a connected socket of this loop to come, or the {@link IOException} that it failed with
   */
  protected Future<SocketHandle> connectSocket(ConnectSocketRequest request) {
    throw lacking(Capability.TCP_CLIENT);
  }

  /**
   * Binds a listening socket that does not accept yet.
   *
   * @param request where, and how
   * @return the socket
   * @throws IOException if the address cannot be bound; no descriptor is left open then
   */
  protected SocketHandle bindSocket(BindSocketRequest request) throws IOException {
    throw lacking(Capability.TCP_SERVER);
  }

  /**
   * Connects a Unix socket. Returns at once. If the future is cancelled the descriptor is closed,
   * exactly once. A listener whose backlog is full is tried again.
   *
   * @param request where to
   * @return a connected socket of this loop to come, or the {@link IOException} that it failed with
   */
  protected Future<SocketHandle> connectUnixSocket(ConnectUnixSocketRequest request) {
    throw lacking(Capability.UNIX_STREAM);
  }

  /**
   * Binds a listening Unix socket that does not accept yet. The framework sees to its file, before
   * and after.
   *
   * @param request where
   * @return the socket
   * @throws IOException if the address cannot be bound; no descriptor is left open then
   */
  protected SocketHandle bindUnixSocket(BindUnixSocketRequest request) throws IOException {
    throw lacking(Capability.UNIX_STREAM);
  }

  /**
   * Listens and accepts connections, in bounded batches. An aborted connection is skipped; when
   * descriptors run out there is one report, a pause of a second, and another try; never anything
   * after {@link #stopServing}.
   *
   * @param request the socket and who takes the connections
   * @throws IOException if the system refuses to listen
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
   * Binds a socket of datagrams.
   *
   * @param request where, and how
   * @return the socket
   * @throws IOException if the address cannot be bound; no descriptor is left open then
   */
  protected SocketHandle bindDatagram(BindDatagramRequest request) throws IOException {
    throw lacking(Capability.UDP);
  }

  /**
   * Connects a socket of datagrams to its only peer, which takes no time.
   *
   * @param request where to, and where from
   * @return the socket
   * @throws IOException if the system refuses; no descriptor is left open then
   */
  protected SocketHandle connectDatagram(ConnectDatagramRequest request) throws IOException {
    throw lacking(Capability.UDP);
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

  // Services for subclasses and for tasks

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
    return address.isUnresolved()
        ? resolver.resolve(address.getHostString(), address.getPort(), resolver.defaults())
        : List.of(address);
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
        core(), requireNonNull(action, "action"), requireNonNull(context, "context"));
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
    return core().engine().newFiber(threadName, body, core().fromAnywhere(onRunnable));
  }

  /** {@return the engine that runs the bodies of tasks: {@code carrier} or {@code handoff}} */
  public final String coroutineEngine() {
    return core().engine().name();
  }

  /**
   * Lets somebody see every call of a private hook.
   *
   * @param observer sees the calls, or {@code null} for nobody
   */
  public final void setHookObserver(@Nullable HookObserver observer) {
    hooks.setObserver(observer);
  }

  // Life

  @Override
  public void runForever() {
    core().ensureMayRun();
    try {
      core().run();
    } catch (IOException failure) {
      throw new UncheckedIOException("polling of " + this + " failed", failure);
    }
  }

  @Override
  public <T extends @Nullable Object> T runUntilComplete(Future<T> future) {
    if (requireNonNull(future, "future").loop() != this) {
      throw new IllegalArgumentException(
          "future must belong to %s but %s belongs to %s".formatted(this, future, future.loop()));
    }
    core().ensureMayRun();
    Consumer<Future<T>> end = done -> stop();
    future.addDoneCallback(end);
    try {
      runForever();
    } finally {
      future.removeDoneCallback(end);
    }
    if (!future.isDone()) {
      throw new IllegalStateException("Event loop stopped before Future completed: " + future);
    }
    return future.result();
  }

  @Override
  public void stop() {
    core().cycle().stop();
  }

  @Override
  public boolean isRunning() {
    return core().lifecycle().isRunning();
  }

  @Override
  public boolean isClosed() {
    return core().lifecycle().isClosed();
  }

  @Override
  public void close() {
    if (core().close()) {
      offload.close();
      hooks.closeResources();
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
    core().ensureMaySchedule();
    TaskFactory factory = taskFactory;
    return factory == null
        ? new BuiltinTask<>(this, body, options)
        : factory.createTask(this, body, options);
  }

  @Override
  public void setTaskFactory(@Nullable TaskFactory factory) {
    taskFactory = factory;
  }

  @Override
  public Optional<TaskFactory> taskFactory() {
    return Optional.ofNullable(taskFactory);
  }

  @Override
  public Optional<Task<?>> currentTask() {
    return Optional.ofNullable(core().tasks().current());
  }

  @Override
  public Set<Task<?>> allTasks() {
    return core().tasks().pending();
  }

  // Blocking code

  @Override
  public <T extends @Nullable Object> Future<T> runInExecutor(Callable<? extends T> body) {
    requireNonNull(body, "body");
    core().ensureMaySchedule();
    return offload.submit(body);
  }

  @Override
  public <T extends @Nullable Object> Future<T> runInExecutor(
      Executor executor, Callable<? extends T> body) {
    requireNonNull(executor, "executor");
    requireNonNull(body, "body");
    core().ensureMaySchedule();
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
  public boolean isDebug() {
    return core().isDebug();
  }

  @Override
  public void setDebug(boolean changed) {
    core().setDebug(changed);
  }

  @Override
  public Duration slowCallbackDuration() {
    return core().cycle().monitor().threshold();
  }

  @Override
  public void setSlowCallbackDuration(Duration duration) {
    core().cycle().monitor().setThreshold(requireNonNull(duration, "duration"));
  }

  // Network

  @Override
  public <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    require(Capability.TCP_CLIENT);
    requireTls(options.tls());
    return new ConnectOperation(this, resolver, options).run(protocolFactory);
  }

  @Override
  public Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
      throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    require(Capability.TCP_SERVER);
    if (options.reusePort()) {
      require(Capability.REUSE_PORT);
    }
    requireTls(options.tls());
    return new ListenOperation(this, resolver, options).run(protocolFactory);
  }

  @Override
  public <P extends DatagramProtocol> DatagramConnection<P> createDatagramEndpoint(
      Supplier<? extends P> protocolFactory, DatagramOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    require(Capability.UDP);
    if (options.reusePort()) {
      require(Capability.REUSE_PORT);
    }
    return new DatagramOperation(this, resolver, options).run(protocolFactory);
  }

  @Override
  public Transport startTls(
      Transport transport,
      StreamProtocol protocol,
      TlsOptions options,
      TlsRole role,
      ByteBuffer received)
      throws IOException {
    requireNonNull(transport, "transport");
    requireNonNull(protocol, "protocol");
    requireNonNull(options, "options");
    requireNonNull(role, "role");
    requireNonNull(received, "received");
    require(Capability.TLS);
    return tls.start(transport, protocol, options, role, received);
  }

  @Override
  public <P extends StreamProtocol> Connection<P> createUnixConnection(
      Supplier<? extends P> protocolFactory, UnixConnectOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireUnix(requireNonNull(options, "options").address());
    requireTls(options.tls());
    return new UnixConnectOperation(this, options).run(protocolFactory);
  }

  @Override
  public Server createUnixServer(
      Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
      throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireUnix(requireNonNull(options, "options").address());
    requireTls(options.tls());
    return new UnixListenOperation(this, options).run(protocolFactory);
  }

  // Sockets for direct use

  @Override
  public AsyncSocket openSocket(ProtocolFamily family) throws IOException {
    requireSockets(requireNonNull(family, "family"), Capability.UNIX_STREAM);
    return hooks.makeSocket(new SocketRequest(family));
  }

  @Override
  public AsyncServerSocket openServerSocket(ProtocolFamily family) throws IOException {
    requireSockets(requireNonNull(family, "family"), Capability.UNIX_STREAM);
    return hooks.makeServerSocket(new SocketRequest(family));
  }

  @Override
  public AsyncDatagramSocket openDatagramSocket(ProtocolFamily family) throws IOException {
    requireSockets(requireNonNull(family, "family"), Capability.UNIX_DATAGRAM);
    return hooks.makeDatagramSocket(new SocketRequest(family));
  }

  @Override
  public <P extends StreamProtocol> Connection<P> adoptSocket(
      Supplier<? extends P> protocolFactory, AdoptOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    require(Capability.SOCKETS);
    requireTls(options.tls());
    return AdoptOperation.connection(this, options, protocolFactory);
  }

  @Override
  public Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, SocketServerOptions options)
      throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    require(Capability.SOCKETS);
    requireTls(options.tls());
    return AdoptOperation.server(this, options, protocolFactory);
  }

  @Override
  public long sendFile(Transport transport, FileRegion region, boolean fallback)
      throws IOException {
    requireNonNull(transport, "transport");
    requireNonNull(region, "region");
    return new SendFileOperation(this, transport, region).run(fallback);
  }

  @Override
  public Handle addReader(Watchable what, Runnable callback) throws IOException {
    return watch(what, WatchDirection.READ, callback);
  }

  @Override
  public boolean removeReader(Watchable what) {
    return unwatch(what, WatchDirection.READ);
  }

  @Override
  public Handle addWriter(Watchable what, Runnable callback) throws IOException {
    return watch(what, WatchDirection.WRITE, callback);
  }

  @Override
  public boolean removeWriter(Watchable what) {
    return unwatch(what, WatchDirection.WRITE);
  }

  private Handle watch(Watchable what, WatchDirection direction, Runnable callback)
      throws IOException {
    requireWatching(requireNonNull(what, "what"));
    requireNonNull(callback, "callback");
    core().ensureMaySchedule();
    return hooks.watch(new WatchRequest(what, direction, callback, Context.copyCurrent()));
  }

  private boolean unwatch(Watchable what, WatchDirection direction) {
    requireWatching(requireNonNull(what, "what"));
    core().ensureOwner();
    return !isClosed() && hooks.unwatch(new UnwatchRequest(what, direction));
  }

  private void requireWatching(Watchable what) {
    require(
        switch (what) {
          case Watchable.OfSocket _ -> Capability.WATCHING;
          case Watchable.OfChannel _ -> Capability.WATCHING_CHANNELS;
          case Watchable.OfDescriptor _ -> Capability.WATCHING_DESCRIPTORS;
        });
  }

  private void requireSockets(ProtocolFamily family, Capability unix) {
    require(Capability.SOCKETS);
    if (family == StandardProtocolFamily.UNIX) {
      require(unix);
    }
    core().ensureMaySchedule();
  }

  @Override
  public void setNameResolution(NameResolution changed) {
    resolver.setDefaults(requireNonNull(changed, "changed"));
  }

  @Override
  public NameResolution nameResolution() {
    return resolver.defaults();
  }

  @Override
  public String toString() {
    return "<EventLoop %s %s %s%s>"
        .formatted(name, coroutineEngine(), core().lifecycle(), isDebug() ? " debug" : "");
  }

  final Hooks hooks() {
    return hooks;
  }

  private void requireUnix(SocketAddress address) {
    require(Capability.UNIX_STREAM);
    if (address instanceof AbstractUnixAddress) {
      require(Capability.UNIX_ABSTRACT);
    }
  }

  private void requireTls(Optional<TlsOptions> wanted) {
    if (wanted.isPresent()) {
      require(Capability.TLS);
    }
  }

  private void require(Capability capability) {
    if (!capabilities().contains(capability)) {
      throw lacking(capability);
    }
  }

  private UnsupportedOperationException lacking(Capability capability) {
    return new UnsupportedOperationException(
        "loop %s must have capability %s for this but has %s"
            .formatted(name, capability, capabilities()));
  }
}
