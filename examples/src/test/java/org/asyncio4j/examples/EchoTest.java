package org.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Has the echo client talk to the echo server: two programs, each on each loop and engine. */
final class EchoTest {

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @ParameterizedTest
  @MethodSource("setups")
  void clientReceivesItsEcho(Setup setup) throws Exception {
    try (ForkedProgram server = ForkedProgram.onClassPath(setup, "EchoServer", "0")) {
      String port = server.awaitLine("serving on port ");

      String printed = setup.outputOf(() -> EchoClient.main(new String[] {port}));

      assertThat(printed.lines()).containsExactly("received: Hello, world!");
    }
  }
}
