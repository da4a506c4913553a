package org.asyncio4j.tck.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;

/**
 * A loop in one of the ways it can be opened.
 *
 * @param provider the provider of the loop
 * @param engine the engine that runs the bodies of tasks
 * @param debug whether debug mode is on
 */
public record Subject(EventLoopProvider provider, CoroutineMode engine, boolean debug) {

  /**
   * Returns all ways to open a loop.
   *
   * @param provider the provider of the loop
   * @param engine the only engine to use; all of them if absent
   * @return the ways, those without debug mode first
   */
  public static List<Subject> of(EventLoopProvider provider, Optional<CoroutineMode> engine) {
    List<CoroutineMode> engines =
        engine.map(List::of).orElse(List.of(CoroutineMode.CARRIER, CoroutineMode.HANDOFF));
    List<Subject> subjects = new ArrayList<>();
    for (boolean debug : new boolean[] {false, true}) {
      engines.forEach(mode -> subjects.add(new Subject(provider, mode, debug)));
    }
    return subjects;
  }

  /** {@return what the loop is opened with} */
  public LoopContext context() {
    return LoopContext.defaults().withCoroutines(engine).withDebug(debug);
  }

  /** {@return the loop's name, engine and mode, for reports} */
  public String label() {
    String name = provider.name() + ", " + engine.name().toLowerCase(Locale.ROOT);
    return debug ? name + ", debug" : name;
  }

  /**
   * {@return the version of the loop, from its module or jar; {@code unknown} if neither has one}
   */
  public String version() {
    Class<?> type = provider.getClass();
    Optional<String> ofJar = Optional.ofNullable(type.getPackage().getImplementationVersion());
    Optional<String> ofModule =
        Optional.ofNullable(type.getModule().getDescriptor()).flatMap(it -> it.rawVersion());
    return ofModule.or(() -> ofJar).orElse("unknown");
  }
}
