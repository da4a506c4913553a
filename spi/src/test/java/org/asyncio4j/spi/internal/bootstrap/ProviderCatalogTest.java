package org.asyncio4j.spi.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.Supplier;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.CapturedLog;
import org.junit.jupiter.api.Test;

class ProviderCatalogTest {

  private final ScriptedProvider left = ScriptedProvider.available("left", 1);
  private final ScriptedProvider right = ScriptedProvider.available("right", 2);

  @Test
  void everyProviderIsListed() {
    ProviderCatalog catalog = ProviderCatalog.read(List.of(left, right));
    assertThat(catalog.candidates()).extracting(Candidate::provider).containsExactly(left, right);
    assertThat(catalog.broken()).isEmpty();
  }

  @Test
  void aProviderThatCannotBeLoadedIsReportedAndSkipped() {
    assertThatTheOthersAreFound(new ServiceConfigurationError("it is broken"));
  }

  @Test
  void aProviderWhoseClassCannotBeLinkedIsReportedAndSkipped() {
    assertThatTheOthersAreFound(new NoClassDefFoundError("it is broken"));
  }

  @Test
  void aProviderThatFailsWhenItIsAskedIsReportedAndSkipped() {
    IllegalStateException failure = new IllegalStateException("on purpose");
    assertThatItIsSkipped(new FailingProvider(failure), failure);
  }

  @Test
  @SuppressWarnings("DataFlowIssue") // providers are foreign code
  void aProviderWithoutANameIsReportedAndSkipped() {
    try (CapturedLog log = CapturedLog.start()) {
      EventLoopProvider nameless = new ScriptedProvider(null, 3, Availability.available());
      ProviderCatalog catalog = ProviderCatalog.read(List.of(nameless, left));

      assertThat(catalog.candidates()).extracting(Candidate::provider).containsExactly(left);
      assertThat(log.thrown()).singleElement().isInstanceOf(NullPointerException.class);
    }
  }

  private void assertThatItIsSkipped(EventLoopProvider failing, Exception failure) {
    try (CapturedLog log = CapturedLog.start()) {
      ProviderCatalog catalog = ProviderCatalog.read(List.of(left, failing, right));

      assertThat(catalog.candidates()).extracting(Candidate::provider).containsExactly(left, right);
      assertThat(catalog.broken())
          .singleElement()
          .asString()
          .contains(failing.getClass().getName(), "on purpose");
      assertThat(log.thrown()).containsExactly(failure);
    }
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

      assertThat(catalog.candidates()).extracting(Candidate::provider).containsExactly(left, right);
      assertThat(catalog.broken()).containsExactly("it is broken");
      assertThat(log.thrown()).containsExactly(error);
    }
  }

  private record FailingProvider(RuntimeException failure) implements EventLoopProvider {

    @Override
    public String name() {
      return "failing";
    }

    @Override
    public Availability availability() {
      throw failure;
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public EventLoop open(LoopContext context) {
      throw failure;
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
