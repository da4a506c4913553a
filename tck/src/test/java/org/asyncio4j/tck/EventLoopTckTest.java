package org.asyncio4j.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.run.FakeLoops;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

final class EventLoopTckTest {

  @TempDir static Path directory;

  @Test
  void aLoopThatIsNotAvailableIsNotGreen() {
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .selectors(DiscoverySelectors.selectClass(AbsentTestCase.class))
            .execute();

    assertThat(results.testEvents().failed().stream())
        .allSatisfy(event ->
            assertThat(event.getTestDescriptor().getDisplayName()).isEqualTo("can be judged"));
    assertThat(results.testEvents().failed().count()).isPositive();
    assertThat(directory.resolve("conformance.md")).content().contains("it is a fake");
  }

  /** Run by the test above only. */
  static final class AbsentTestCase extends EventLoopTck {

    @Override
    protected EventLoopProvider provider() {
      return new FakeLoops("absent", Set.of(), Availability.unavailable("it is a fake"));
    }

    @Override
    protected TckSettings settings() {
      return TckSettings.defaults().withReportDirectory(directory);
    }
  }
}
