package org.asyncio4j.tck;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.TckSettings;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs all rules of SPEC.md on every loop that {@link ServiceLoader} finds, as JUnit tests. The
 * class can be selected by name, or extended by an empty class.
 */
public class DiscoveredLoopsTck {

  /** For JUnit and subclasses. */
  public DiscoveredLoopsTck() {}

  @TestFactory
  final Stream<DynamicNode> loops() {
    LoopSuite suite = new LoopSuite(TckSettings.fromSystemProperties());
    return discovered().stream().map(provider -> loop(suite, provider)).onClose(suite::writeReport);
  }

  static List<EventLoopProvider> discovered() {
    return ServiceLoader.load(EventLoopProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  private static DynamicNode loop(LoopSuite suite, EventLoopProvider provider) {
    return DynamicContainer.dynamicContainer(provider.name(), suite.nodes(provider, List.of()));
  }
}
