package org.asyncio4j.spi.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.asyncio4j.spi.CapturedLog;
import org.asyncio4j.spi.EventLoopProvider;
import org.junit.jupiter.api.Test;

class ProviderCatalogTest {

  private final ScriptedProvider left = ScriptedProvider.available("left", 1);
  private final ScriptedProvider right = ScriptedProvider.available("right", 2);

  @Test
  void everyProviderIsListed() {
    ProviderCatalog catalog = ProviderCatalog.read(List.of(left, right));
    assertThat(catalog.providers()).containsExactly(left, right);
    assertThat(catalog.broken()).isEmpty();
  }

  @Test
  void aProviderThatCannotBeLoadedIsReportedAndSkipped() {
    assertThatTheOthersAreFound(new ServiceConfigurationError("it is broken"));
  }

  @Test
  void soIsOneWhoseClassCannotBeLinked() {
    assertThatTheOthersAreFound(new NoClassDefFoundError("it is broken"));
  }

  private void assertThatTheOthersAreFound(Error error) {
    try (CapturedLog log = CapturedLog.start()) {
      Iterable<EventLoopProvider> candidates =
          () ->
              new Scripted(
                  List.of(
                          () -> left,
                          () -> {
                            throw error;
                          },
                          (Supplier<EventLoopProvider>) () -> right)
                      .iterator());

      ProviderCatalog catalog = ProviderCatalog.read(candidates);

      assertThat(catalog.providers()).containsExactly(left, right);
      assertThat(catalog.broken()).containsExactly("it is broken");
      assertThat(log.thrown()).containsExactly(error);
    }
  }

  private record Scripted(Iterator<Supplier<EventLoopProvider>> suppliers)
      implements Iterator<EventLoopProvider> {

    @Override
    public boolean hasNext() {
      return suppliers.hasNext();
    }

    @Override
    public EventLoopProvider next() {
      return suppliers.next().get();
    }
  }
}
