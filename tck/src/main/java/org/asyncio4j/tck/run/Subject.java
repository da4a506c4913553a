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
 * @param used whether each rule runs twice, the second time on the loop that it has already used
 */
public record Subject(
    EventLoopProvider provider, CoroutineMode engine, boolean debug, boolean used) {

  /**
   * Creates a new loop, which is not in debug mode.
   *
   * @param provider the provider of the loop
   * @param engine the engine that runs the bodies of tasks
   */
  public Subject(EventLoopProvider provider, CoroutineMode engine) {
    this(provider, engine, false, false);
  }

  /**
   * Returns all ways to open a loop.
   *
   * @param provider the provider of the loop
   * @param engine the only engine to use; all of them if absent
   * @return the ways: new loops, then used ones, then those in debug mode
   */
  public static List<Subject> of(EventLoopProvider provider, Optional<CoroutineMode> engine) {
    List<CoroutineMode> engines =
        engine.map(List::of).orElse(List.of(CoroutineMode.CARRIER, CoroutineMode.HANDOFF));
    List<Subject> subjects = new ArrayList<>();
    engines.forEach(mode -> subjects.add(new Subject(provider, mode)));
    subjects.add(new Subject(provider, engines.getFirst(), false, true));
    engines.forEach(mode -> subjects.add(new Subject(provider, mode, true, false)));
    return subjects;
  }

  /** {@return what the loop is opened with} */
  public LoopContext context() {
    return LoopContext.defaults().withCoroutines(engine).withDebug(debug);
  }

  /** {@return the loop's name, engine and mode, for reports} */
  public String label() {
    String name = provider.name() + ", " + engine.name().toLowerCase(Locale.ROOT);
    return name + (debug ? ", debug" : "") + (used ? ", used" : "");
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
