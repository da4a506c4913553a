package org.asyncio4j.spi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

  @Test
  void irrelevantStepsAreRemoved() {
    Program program =
        new Program(
            List.of(
                new Op.Sleep(3),
                new Op.Spawn("t1", true, List.of(new Op.Look(), new Op.Throw("x1"))),
                new Op.Limit("d1", 2, List.of(new Op.Await("t1"), new Op.Uncancel()))));

    Program shrunk =
        Shrinker.shrink(
            program, tried -> tried.text().contains("Throw") && tried.text().contains("Await"));

    assertThat(shrunk.main())
        .containsExactly(
            new Op.Spawn("t1", false, List.of(new Op.Throw("x1"))), new Op.Await("t1"));
  }

  @Test
  void relevantStepsAreKept() {
    Program program = new Program(List.of(new Op.Sleep(3), new Op.Sleep(2)));

    Program shrunk = Shrinker.shrink(program, tried -> tried.size() == 2);

    assertThat(shrunk.main()).containsExactly(new Op.Sleep(0), new Op.Sleep(0));
  }

  @Test
  void eachResultFails() {
    Predicate<Program> fails =
        program -> ReferenceModel.trace(program).stream().anyMatch(event -> event.contains(" & ["));
    Program failing =
        LongStream.range(0, 10_000)
            .mapToObj(ProgramGenerator::generate)
            .filter(fails)
            .findFirst()
            .orElseThrow();

    Program shrunk = Shrinker.shrink(failing, fails);

    assertThat(fails).accepts(shrunk);
    assertThat(shrunk.size()).isLessThan(failing.size());
  }
}
