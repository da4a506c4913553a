package org.asyncio4j.spi.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.internal.bootstrap.ScriptedProvider.available;
import static org.asyncio4j.spi.internal.bootstrap.ScriptedProvider.unavailable;

import java.util.Arrays;
import java.util.List;
import org.asyncio4j.internal.bootstrap.MissingLoop;
import org.asyncio4j.spi.EventLoopProvider;
import org.junit.jupiter.api.Test;

class ProviderSelectionTest {

  @Test
  void theHighestPriorityAmongTheAvailableOnesWins() {
    ScriptedProvider best = available("best", 5);
    assertThat(among(available("low", -1), best, unavailable("higher", 9, "not here")).byPriority())
        .isSameAs(best);
  }

  @Test
  void aTieIsAnErrorThatNamesBoth() {
    assertThatThrownBy(among(available("left", 5), available("right", 5))::byPriority)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("left", "right", "priority 5", "-Dasyncio4j.loop=");
  }

  @Test
  void aTieBelowTheBestIsAllowed() {
    ScriptedProvider best = available("best", 6);
    assertThat(among(available("left", 5), available("right", 5), best).byPriority())
        .isSameAs(best);
  }

  @Test
  void withoutAnyTheMessageNamesWhatToAdd() {
    assertThatThrownBy(among()::byPriority).hasMessage(MissingLoop.because().getMessage());
    assertThatThrownBy(() -> among().byName("named"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("cannot find", "class path", "module path")
        .hasMessageContaining("--add-modules org.asyncio4j.loop.nio");
  }

  @Test
  void withoutAnAvailableOneTheMessageListsTheReasons() {
    ProviderCatalog catalog =
        new ProviderCatalog(
            candidates(unavailable("native", 1, "needs Linux"), unavailable("other", 0, "too old")),
            List.of("it is broken"));
    assertThatThrownBy(new ProviderSelection(catalog)::byPriority)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("native (needs Linux)", "other (too old)", "it is broken")
        .hasMessageContaining("add asyncio4j-loop-nio");
  }

  @Test
  void aNameChoosesRegardlessOfPriority() {
    ScriptedProvider named = available("named", -100);
    assertThat(among(available("best", 5), named).byName("named")).isSameAs(named);
  }

  @Test
  void anUnknownNameIsAnErrorThatListsThosePresent() {
    assertThatThrownBy(
            () -> among(available("left", 1), unavailable("right", 2, "no")).byName("midle"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("loop midle", "left", "right (no)");
  }

  @Test
  void anUnavailableLoopOfThatNameIsAnErrorWithTheReason() {
    assertThatThrownBy(() -> among(unavailable("native", 1, "needs Linux")).byName("native"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("native", "needs Linux");
  }

  @Test
  void twoLoopsOfOneNameAreAnError() {
    assertThatThrownBy(() -> among(available("same", 1), available("same", 2)).byName("same"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("several providers", "same", ScriptedProvider.class.getName());
  }

  private static ProviderSelection among(EventLoopProvider... providers) {
    return new ProviderSelection(new ProviderCatalog(candidates(providers), List.of()));
  }

  private static List<Candidate> candidates(EventLoopProvider... providers) {
    return Arrays.stream(providers).map(Candidate::of).toList();
  }
}
