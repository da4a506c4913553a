package org.asyncio4j.examples;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asyncio4j.Asyncio;
import org.asyncio4j.Runner;
import org.asyncio4j.core.Context;
import org.asyncio4j.datagram.DatagramEndpoint;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.sync.AsyncEvent;
import org.asyncio4j.sync.AsyncQueue;
import org.asyncio4j.tasks.CallGraph;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.Timeout;

/**
 * Calls every entry of the library twice and prints what comes of it. Started where there is no
 * event loop, and nothing but the library.
 */
public final class EntriesWithoutLoops {

  /** A call that may throw. */
  private interface Entry {
    Object call() throws Exception;
  }

  private EntriesWithoutLoops() {}

  /** Gives each entry classes of its own, if they are on the class path, so that each is first. */
  public static void main(String... args) throws Exception {
    for (String name : entries().keySet()) {
      if (Asyncio.class.getModule().isNamed()) {
        callTwice(name);
      } else {
        try (URLClassLoader fresh =
            new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
          Class<?> here = fresh.loadClass(EntriesWithoutLoops.class.getName());
          here.getMethod("callTwice", String.class).invoke(null, name);
        }
      }
    }
  }

  /** Calls one entry twice. */
  public static void callTwice(String name) {
    for (String time : List.of("first", "second")) {
      String outcome;
      try {
        outcome = "returns " + entries().get(name).call();
      } catch (Throwable thrown) {
        outcome = thrown.toString();
      }
      IO.println("%s, %s call: %s".formatted(name, time, outcome));
    }
  }

  private static Map<String, Entry> entries() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    entries.put("Asyncio.run", () -> Asyncio.run(() -> "ran"));
    entries.put("Asyncio.newEventLoop", Asyncio::newEventLoop);
    entries.put("Asyncio.newEventLoop by name", () -> Asyncio.newEventLoop("nio"));
    entries.put(
        "Runner.run",
        () -> {
          try (Runner runner = Runner.create()) {
            return runner.run(() -> "ran");
          }
        });
    entries.put(
        "Runner.loop",
        () -> {
          try (Runner runner = Runner.create()) {
            return runner.loop();
          }
        });
    entries.put("Asyncio.eventLoops", Asyncio::eventLoops);
    entries.put("Context.copyCurrent", () -> Context.copyCurrent().run(() -> "ran"));
    putThoseThatNeedARunningLoop(entries);
    return entries;
  }

  private static void putThoseThatNeedARunningLoop(Map<String, Entry> entries) {
    entries.put("Asyncio.runningLoop", Asyncio::runningLoop);
    entries.put("Asyncio.currentTask", Asyncio::currentTask);
    entries.put("Asyncio.createTask", () -> Asyncio.createTask(() -> "ran"));
    entries.put("Asyncio.toThread", () -> Asyncio.toThread(() -> "ran"));
    entries.put("Asyncio.sleep for nothing", () -> sleep(Duration.ZERO));
    entries.put("Asyncio.sleep", () -> sleep(Duration.ofNanos(1)));
    entries.put("Asyncio.timeout", () -> Asyncio.timeout(Duration.ofNanos(1), () -> "ran"));
    entries.put("CallGraph.format", () -> CallGraph.format());
    entries.put("Asyncio.openConnection", () -> Asyncio.openConnection("127.0.0.1", 1));
    entries.put("Timeout.after", () -> Timeout.after(Duration.ofNanos(1)));
    entries.put("Timeout.at", () -> Timeout.at(1));
    entries.put("TaskGroup.call", () -> TaskGroup.call(group -> "ran"));
    entries.put(
        "DatagramEndpoint.open",
        () -> DatagramEndpoint.open(DatagramOptions.boundTo("127.0.0.1", 0)));
    entries.put(
        "AsyncEvent.await",
        () -> {
          new AsyncEvent().await();
          return "waited";
        });
    entries.put("AsyncQueue.get", () -> new AsyncQueue<>().get());
  }

  private static Object sleep(Duration delay) {
    Asyncio.sleep(delay);
    return "slept";
  }

  private static URL[] classPath() throws Exception {
    String[] places = System.getProperty("java.class.path").split(java.io.File.pathSeparator);
    URL[] urls = new URL[places.length];
    for (int i = 0; i < places.length; i++) {
      URI place = Path.of(places[i]).toUri();
      urls[i] = place.toURL();
    }
    return urls;
  }
}
