package org.asyncio4j.tck;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.Deviation;
import org.asyncio4j.tck.kit.TckSettings;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs all rules of SPEC.md on a loop, as JUnit tests. The author of a loop extends this class and
 * names the loop:
 *
 * <pre>{@code
 * final class MyLoopTest extends EventLoopTck {
 *   @Override
 *   protected EventLoopProvider provider() {
 *     return new MyLoopProvider();
 *   }
 * }
 * }</pre>
 *
 * <p>Each rule runs on each coroutine engine, and some run again in debug mode. A report is written
 * to the directory that the {@linkplain TckSettings settings} name.
 */
public abstract class EventLoopTck {

  /** For subclasses. */
  protected EventLoopTck() {}

  /** {@return the provider of the loop} */
  protected abstract EventLoopProvider provider();

  /**
   * Returns the rules that the loop is known to break.
   *
   * @return the declarations
   * @implSpec Nothing: the loop keeps all rules.
   */
  protected List<Deviation> deviations() {
    return List.of();
  }

  /**
   * Returns the engine to judge the loop on.
   *
   * @return the only one
   * @implSpec Empty: the loop is judged on both. If an engine cannot be used in this JVM, the test
   *     that says so fails, because nobody judged what was asked for.
   */
  protected Optional<CoroutineMode> engine() {
    return Optional.empty();
  }

  /**
   * Returns how the kit runs.
   *
   * @return the settings
   * @implSpec The defaults, changed by the system properties that are set.
   */
  protected TckSettings settings() {
    return TckSettings.fromSystemProperties();
  }

  @TestFactory
  final Stream<DynamicNode> rules() {
    LoopSuite suite = new LoopSuite(settings());
    return suite.nodes(provider(), deviations(), engine()).onClose(suite::writeReport);
  }
}
