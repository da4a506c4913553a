package org.asyncio4j.tck.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FaultsTest {

  private static final int MANY = 500;

  @Test
  void theSameSeedAndSceneGiveTheSamePlans() {
    Faults faults = Faults.destructive(7).withScene("10.3");

    assertThat(plans(faults)).isEqualTo(plans(Faults.destructive(7).withScene("10.3")));
    assertThat(plans(faults)).isNotEqualTo(plans(Faults.destructive(8).withScene("10.3")));
    assertThat(plans(faults)).isNotEqualTo(plans(faults.withScene("10.4")));
  }

  @Test
  void transparentFaultsEndNoConnection() {
    assertThat(plans(Faults.transparent(7)))
        .allSatisfy(plan -> assertThat(plan).isInstanceOf(ConnectionPlan.Relayed.class));
    assertThat(lines(Faults.transparent(7)).map(LinePlan::ending).distinct())
        .containsExactly(new Ending.Faithful());
  }

  @Test
  void everyPaceOccurs() {
    Set<Class<?>> found =
        lines(Faults.transparent(7))
            .map(line -> line.pace().getClass())
            .collect(Collectors.toSet());

    assertThat(found)
        .containsExactlyInAnyOrder(
            Pace.Straight.class, Pace.Delayed.class, Pace.Split.class, Pace.Coalesced.class);
  }

  @Test
  void everyEndingOccurs() {
    Faults faults = Faults.destructive(7);
    Set<Class<?>> found =
        lines(faults).map(line -> line.ending().getClass()).collect(Collectors.toSet());

    assertThat(found)
        .containsExactlyInAnyOrder(
            Ending.Faithful.class,
            Ending.Reset.class,
            Ending.HalfClose.class,
            Ending.Blackhole.class);
    assertThat(plans(faults)).contains(new ConnectionPlan.Refused());
  }

  @Test
  void faultsNameTheSeed() {
    assertThat(Faults.transparent(42)).hasToString("transparent faults, seed 42");
    assertThat(Faults.destructive(-1).withScene("9.1"))
        .hasToString("destructive faults, seed -1, scene 9.1");
  }

  @Test
  void plansAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pace.Split(0, 1, Duration.ZERO, 0))
        .withMessageContaining("mostBytes must be positive: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pace.Delayed(Duration.ofNanos(-1), 1))
        .withMessageContaining("pause");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ending.Reset(-1))
        .withMessageContaining("afterBytes");
  }

  private static List<ConnectionPlan> plans(Faults faults) {
    return IntStream.range(0, MANY).mapToObj(faults::plan).toList();
  }

  private static Stream<LinePlan> lines(Faults faults) {
    return plans(faults).stream()
        .flatMap(plan ->
            plan instanceof ConnectionPlan.Relayed(LinePlan toTarget, LinePlan toCaller)
                ? Stream.of(toTarget, toCaller)
                : Stream.empty());
  }
}
