package org.asyncio4j.tck.limits;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.tck.probe.EchoProtocol;

/**
 * A program that runs out of descriptors while it serves, and prints what happened. Its limit is
 * that of its process; the time of its loop stands still until it is advanced.
 */
final class HungryServer {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int LARGEST_TABLE = 4_096;

  private final AtomicLong clock = new AtomicLong(1);
  private final Queue<String> reports = new ConcurrentLinkedQueue<>();
  private final AtomicLong polls = new AtomicLong();
  private final Deque<DatagramChannel> fillers = new ArrayDeque<>();
  private final EventLoop loop;

  private HungryServer(EventLoopProvider provider) {
    loop = provider.open(LoopContext.defaults().withClock(clock::get));
    loop.setExceptionHandler((_, report) -> reports.add(report.message()));
    ((BaseEventLoop) loop)
        .setHookObserver(call -> {
          if (call.hook().equals("poll")) {
            polls.incrementAndGet();
          }
        });
  }

  public static void main(String[] arguments) throws Exception {
    loadEverything();
    EventLoopProvider provider =
        ServiceLoader.load(EventLoopProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals(arguments[0]))
            .findFirst()
            .orElseThrow();
    new HungryServer(provider).run();
  }

  private void run() throws Exception {
    Thread thread = Thread.ofPlatform().daemon().start(loop::runForever);
    Server server =
        inTask(() -> loop.createServer(EchoProtocol::new, ServerOptions.on("127.0.0.1", 0)));
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), onLoop(server::port));
    Socket served = new Socket(address.getAddress(), address.getPort());
    say("before: " + echo(served));

    fill();
    fillers.pop().close();
    Socket waiting = new Socket(address.getAddress(), address.getPort());
    until(() -> !reports.isEmpty());
    long before = polls.get();
    say("meanwhile: " + echo(served) + echo(served) + echo(served));
    say("reports: " + reports);
    say("spins: " + (polls.get() - before > 1_000));

    fillers.pop().close();
    fillers.pop().close();
    passPause();
    say("afterwards: " + echo(waiting));
    say("reports: " + reports);

    fill();
    fillers.pop().close();
    Socket late = new Socket(address.getAddress(), address.getPort());
    until(() -> reports.size() == 2);
    onLoop(() -> {
      server.close();
      return true;
    });
    fillers.pop().close();
    fillers.pop().close();
    passPause();
    say("closed: " + (hasEnded(late) ? "ended" : "served"));
    say("reports: " + reports);
    say("still: " + echo(served));
    say("thread: " + thread.isAlive());
  }

  /** Lets the pause of the accept loop end, and the loop see it. */
  private void passPause() throws Exception {
    clock.addAndGet(PAUSE_NANOS);
    onLoop(() -> true);
    onLoop(() -> true);
  }

  private void fill() throws IOException {
    while (fillers.size() < LARGEST_TABLE) {
      try {
        fillers.push(DatagramChannel.open());
      } catch (IOException full) {
        return;
      }
    }
    throw new IOException("the table of descriptors is too large to be filled");
  }

  private static String echo(Socket socket) throws IOException {
    socket.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
    socket.getOutputStream().write('x');
    return socket.getInputStream().read() == 'x' ? "x" : "?";
  }

  private static boolean hasEnded(Socket socket) throws IOException {
    socket.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException reset) {
      return true;
    }
  }

  private <T> T inTask(Callable<T> body) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.callSoonThreadsafe(() -> loop.createTask(() -> complete(result, body)));
    return result.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
  }

  private <T> T onLoop(Callable<T> body) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.callSoonThreadsafe(() -> complete(result, body));
    return result.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
  }

  private static <T> boolean complete(CompletableFuture<T> result, Callable<T> body) {
    try {
      return result.complete(body.call());
    } catch (Throwable thrown) {
      return result.completeExceptionally(thrown);
    }
  }

  private static void until(BooleanSupplier condition) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("what was waited for did not happen");
      }
      Thread.onSpinWait();
    }
  }

  /** Without descriptors no class can be loaded from a directory, and no archive be opened. */
  private static void loadEverything() throws IOException, ClassNotFoundException {
    ClassLoader loader = HungryServer.class.getClassLoader();
    if (loader.getResources("no.such.resource").hasMoreElements()) {
      throw new IOException("a resource that does not exist must not be found");
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path directory = Path.of(entry);
      if (Files.isDirectory(directory.resolve("org/asyncio4j"))) {
        loadClasses(directory, loader);
      }
    }
  }

  private static void loadClasses(Path directory, ClassLoader loader)
      throws IOException, ClassNotFoundException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        String name = directory.relativize(file).toString().replace(File.separatorChar, '.');
        if (name.endsWith(".class") && isNeeded(name)) {
          Class<?> ignored =
              Class.forName(name.substring(0, name.length() - ".class".length()), false, loader);
        }
      }
    }
  }

  /** Not those of the kit itself, of which some want a library that only tests have. */
  private static boolean isNeeded(String name) {
    return name.startsWith("org.asyncio4j.")
        && (!name.startsWith("org.asyncio4j.tck.") || name.startsWith("org.asyncio4j.tck.limits"));
  }

  @SuppressWarnings("SystemOut") // it speaks to the test that started it
  private static void say(String what) {
    System.out.println(what);
  }
}
