package org.asyncio4j.tck.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.asyncio4j.tck.faults.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TckSettingsTest {

  private static final Map<String, Function<TckSettings, Duration>> DURATIONS =
      Map.of(
          "ruleLimit", TckSettings::ruleLimit,
          "patience", TckSettings::patience,
          "quietPeriod", TckSettings::quietPeriod,
          "leakLimit", TckSettings::leakLimit);

  @Test
  void aLimitOfTenSecondsIsTheDefault() {
    assertThat(TckSettings.from(_ -> null)).isEqualTo(TckSettings.defaults());
    assertThat(TckSettings.defaults().ruleLimit()).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ruleLimit", "patience", "quietPeriod", "leakLimit"})
  void aPropertyChangesItsDurationAndNoOther(String name) {
    TckSettings settings = TckSettings.from(Map.of("asyncio4j.tck." + name, "1234")::get);

    DURATIONS.forEach((component, read) ->
        assertThat(read.apply(settings))
            .isEqualTo(
                component.equals(name)
                    ? Duration.ofMillis(1234)
                    : read.apply(TckSettings.defaults())));
  }

  @Test
  void aPropertyChangesTheReportDirectory() {
    TckSettings settings =
        TckSettings.from(Map.of("asyncio4j.tck.reportDirectory", "elsewhere")::get);

    assertThat(settings.reportDirectory()).isEqualTo(Path.of("elsewhere"));
  }

  @Test
  void aMalformedPropertyIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TckSettings.from(Map.of("asyncio4j.tck.patience", "soon")::get))
        .withMessageContaining("asyncio4j.tck.patience")
        .withMessageContaining("soon");
  }

  @Test
  void aSeedBringsFaults() {
    assertThat(TckSettings.from(Map.of("asyncio4j.tck.faults", "-7")::get).faults())
        .contains(Faults.transparent(-7));
    TckSettings destructive =
        TckSettings.from(Map.of("asyncio4j.tck.destructiveFaults", "42")::get);
    assertThat(destructive.faults()).contains(Faults.destructive(42));
    assertThat(destructive.isDestructive()).isTrue();
    assertThat(destructive.withPatience(Duration.ofMillis(1)).isDestructive()).isTrue();
    assertThat(destructive.withoutFaults()).isEqualTo(TckSettings.defaults());
  }

  @Test
  void aMalformedSeedIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TckSettings.from(Map.of("asyncio4j.tck.faults", "any")::get))
        .withMessageContaining("asyncio4j.tck.faults")
        .withMessageContaining("'any'");
  }

  @Test
  void durationsArePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TckSettings.defaults().withRuleLimit(Duration.ZERO))
        .withMessageContaining("ruleLimit");
  }
}
