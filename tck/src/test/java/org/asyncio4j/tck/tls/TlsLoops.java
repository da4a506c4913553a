package org.asyncio4j.tck.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.tck.probe.TlsLinks;

/** Every loop that speaks TLS here, on both engines, and servers on the loopback. */
final class TlsLoops {

  static final TlsOptions CLIENT = TlsLinks.trusting().withServerName("localhost");
  static final TlsOptions SERVER = TlsLinks.serving();

  /** A loop and its engine. */
  record Kind(EventLoopProvider provider, CoroutineMode mode) {

    /** Runs a body on a new loop, to which nothing must be reported. */
    <T> T run(Callable<T> body) {
      List<ErrorReport> reports = new CopyOnWriteArrayList<>();
      T result = run(reports, body);
      assertThat(reports).isEmpty();
      return result;
    }

    /** Runs a body on a new loop, and collects the reports. */
    <T> T run(List<ErrorReport> reports, Callable<T> body) {
      try (EventLoop loop = provider.open(LoopContext.defaults().withCoroutines(mode))) {
        loop.setExceptionHandler((there, report) -> reports.add(report));
        return loop.<T>runUntilComplete(loop.createTask(body));
      }
    }

    @Override
    public String toString() {
      return provider.name() + " " + mode;
    }
  }

  private TlsLoops() {}

  static Stream<Kind> all() {
    return ServiceLoader.load(EventLoopProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.availability() instanceof Availability.Available)
        .filter(provider -> provider.capabilities().contains(Capability.TLS))
        .flatMap(provider ->
            Stream.of(
                new Kind(provider, CoroutineMode.CARRIER),
                new Kind(provider, CoroutineMode.HANDOFF)));
  }

  static ServerOptions loopback() {
    return ServerOptions.on("127.0.0.1", 0);
  }

  static ConnectOptions to(Server server) {
    return ConnectOptions.to("127.0.0.1", server.port());
  }

  /** Lets the others run until a condition holds; only in a task. */
  static void yieldUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      yieldOnce();
    }
  }

  /** Lets all that is ready run; only in a task. */
  static void yieldOnce() {
    Asyncio.sleep(Duration.ZERO);
  }
}
