package org.asyncio4j.spi.internal.bootstrap;

import com.google.auto.service.AutoService;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CoroutineEngine;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.EventLoopInfo;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.internal.bootstrap.GroupChildren;
import org.asyncio4j.internal.bootstrap.LoopBootstrap;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.RunningLoop;
import org.jspecify.annotations.Nullable;

/** Connects the public API with the loops. */
@AutoService(LoopBootstrap.class)
public final class ServiceLoaderBootstrap implements LoopBootstrap {

  /** For {@link java.util.ServiceLoader}. */
  public ServiceLoaderBootstrap() {}

  @Override
  public EventLoop newEventLoop(Optional<String> name, Optional<CoroutineEngine> engine) {
    LoopProperties properties = LoopProperties.read();
    LoopContext context = properties.context();
    ProviderSelection selection = new ProviderSelection(ProviderCatalog.load());
    EventLoopProvider provider =
        name.or(properties::loop).map(selection::byName).orElseGet(selection::byPriority);
    EventLoop loop =
        provider.open(
            engine.map(ServiceLoaderBootstrap::mode).map(context::withCoroutines).orElse(context));
    RunningLoop.opened(loop);
    return loop;
  }

  @Override
  public List<EventLoopInfo> eventLoops() {
    return ProviderCatalog.load().candidates().stream()
        .map(ServiceLoaderBootstrap::describe)
        .sorted(
            Comparator.comparing(EventLoopInfo::isAvailable)
                .thenComparingInt(EventLoopInfo::priority)
                .reversed()
                .thenComparing(EventLoopInfo::name))
        .toList();
  }

  @Override
  public @Nullable EventLoop runningLoop() {
    return RunningLoop.runningLoop();
  }

  @Override
  public void ensureOwner(EventLoop loop, String operation) {
    RunningLoop.ensureOwner(loop, operation);
  }

  @Override
  public Runnable onClose(EventLoop loop, Runnable action) {
    return RunningLoop.onClose(loop, action);
  }

  @Override
  public Runnable openGroup(Task<?> task, GroupChildren children) {
    return RunningLoop.openGroup(task, children);
  }

  @Override
  public <T extends @Nullable Object> Task<T> newTask(
      EventLoop loop, Callable<? extends T> body, TaskOptions options) {
    if (loop instanceof BaseEventLoop base) {
      return new BuiltinTask<>(base, body, options);
    }
    throw new IllegalArgumentException(
        "loop must extend BaseEventLoop to have built-in tasks: %s; pass a factory of its own tasks"
            .formatted(loop.getClass().getName()));
  }

  @Override
  public <T extends @Nullable Object> T await(Future<T> future) {
    return Awaiter.await(future);
  }

  @Override
  public void yieldOnce() {
    Awaiter.yieldOnce();
  }

  @Override
  public Runnable onSignal(String name, Runnable action) {
    return ProcessSignal.named(name).add(action);
  }

  private static CoroutineMode mode(CoroutineEngine engine) {
    return switch (engine) {
      case BEST -> CoroutineMode.AUTO;
      case CARRIER -> CoroutineMode.CARRIER;
      case HANDOFF -> CoroutineMode.HANDOFF;
    };
  }

  private static EventLoopInfo describe(Candidate candidate) {
    Optional<String> problem =
        switch (candidate.availability()) {
          case Availability.Available() -> Optional.empty();
          case Availability.Unavailable(String reason) -> Optional.of(reason);
        };
    return new EventLoopInfo(candidate.name(), candidate.priority(), problem);
  }
}
