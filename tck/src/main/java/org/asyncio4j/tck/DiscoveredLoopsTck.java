package org.asyncio4j.tck;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.run.Discovery;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs all rules of SPEC.md on every loop that {@link ServiceLoader} finds, as JUnit tests. The
 * class can be selected by name, or extended by an empty class. A loop that is not available on
 * this machine is skipped, with the reason; a provider that throws is a failure of its own.
 */
public class DiscoveredLoopsTck {

  /** For JUnit and subclasses. */
  public DiscoveredLoopsTck() {}

  @TestFactory
  final Stream<DynamicNode> loops() {
    LoopSuite suite = new LoopSuite(TckSettings.fromSystemProperties());
    Discovery found = Discovery.run();
    return Stream.concat(
            found.gaps().stream().map(suite::failure),
            found.loops().stream().map(provider -> loop(suite, provider)))
        .onClose(suite::writeReport);
  }

  private static DynamicNode loop(LoopSuite suite, EventLoopProvider provider) {
    return provider.availability() instanceof Availability.Unavailable(String reason)
        ? suite.absence(provider, reason)
        : DynamicContainer.dynamicContainer(
            provider.name(), suite.nodes(provider, List.of(), Optional.empty()));
  }
}
