package org.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the examples that need no peer and end by themselves, on each loop and engine. */
final class SimpleExamplesTest {

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @ParameterizedTest
  @MethodSource("setups")
  void helloPrintsItsGreeting(Setup setup) throws Exception {
    assertThat(setup.outputOf(Hello::main)).hasLineCount(2).contains("Hello ...", "... world!");
  }

  @ParameterizedTest
  @MethodSource("setups")
  void twoTasksTakeTurns(Setup setup) throws Exception {
    assertThat(setup.outputOf(TwoTasks::main).lines()).containsExactly("hot tea and hot coffee");
  }

  @ParameterizedTest
  @MethodSource("setups")
  void workThatTakesTooLongIsCancelled(Setup setup) throws Exception {
    assertThat(setup.outputOf(TimeLimit::main).lines())
        .containsExactly("work ends", "done in time", "work ends", "not done within PT0.01S");
  }

  @ParameterizedTest
  @MethodSource("setups")
  void childThatFailsCancelsTheOthers(Setup setup) throws Exception {
    assertThat(setup.outputOf(FanOut::main).lines())
        .containsExactly("AB", "c is given up", "could not fetch broken");
  }

  @ParameterizedTest
  @MethodSource("setups")
  void loopContinuesWhileALibraryBlocks(Setup setup) throws Exception {
    assertThat(setup.outputOf(BlockingLibrary::main))
        .startsWith("the loop goes on")
        .endsWith("loaded 5 bytes" + System.lineSeparator());
  }

  @ParameterizedTest
  @MethodSource("setups")
  void completableFuturesAndTasksAwaitEachOther(Setup setup) throws Exception {
    assertThat(setup.outputOf(CompletableFutureBridge::main).lines())
        .containsExactly("the answer is 42", "greetings from Task-2");
  }

  @ParameterizedTest
  @MethodSource("setups")
  void tasksShowWhereTheyWait(Setup setup) throws Exception {
    assertThat(setup.outputOf(ListTasks::main).lines())
        .containsExactly("Task-1: print", "clean: clean", "cook: cook");
  }

  @ParameterizedTest
  @MethodSource("setups")
  void linesArriveWhole(Setup setup) throws Exception {
    assertThat(setup.outputOf(() -> LineProtocol.main(new String[0])).lines())
        .containsExactly("GRÜSS GOTT");
  }

  @ParameterizedTest
  @MethodSource("setups")
  void eachLineGetsAReply(Setup setup) throws Exception {
    assertThat(setup.outputOf(LineServer::main).lines())
        .containsExactly("GRÜSS GOTT", "SERVUS", "end");
  }

  @ParameterizedTest
  @MethodSource("setups")
  void eachOrderIsCookedOnceThoughTheQueueIsSmall(Setup setup) throws Exception {
    List<String> lines = setup.outputOf(ProducerConsumer::main).lines().toList();

    assertThat(lines.stream().filter(line -> line.startsWith("placed")))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 6).mapToObj(number -> "placed order " + number).toList());
    assertThat(lines.stream().filter(line -> line.endsWith("is ready")))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 6)
                .mapToObj(number -> "order %d is ready".formatted(number))
                .toList());
    assertThat(lines).hasSize(13).last().isEqualTo("cooked 6");
  }
}
