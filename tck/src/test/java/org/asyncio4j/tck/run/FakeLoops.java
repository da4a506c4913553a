package org.asyncio4j.tck.run;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;

/** Loops that do nothing, for tests of the code around a loop. */
public record FakeLoops(String name, Set<Capability> capabilities, Availability availability)
    implements EventLoopProvider {

  /** {@return an available provider of loops that can do nothing} */
  public static FakeLoops named(String name) {
    return new FakeLoops(name, Set.of(), Availability.available());
  }

  @Override
  public EventLoop open(LoopContext context) {
    Map<String, Supplier<Object>> answers =
        Map.of(
            "allTasks", Set::of,
            "isClosed", () -> false,
            "toString", () -> "fake loop");
    return (EventLoop)
        Proxy.newProxyInstance(
            FakeLoops.class.getClassLoader(),
            new Class<?>[] {EventLoop.class},
            (_, method, _) -> answers.getOrDefault(method.getName(), () -> null).get());
  }
}
