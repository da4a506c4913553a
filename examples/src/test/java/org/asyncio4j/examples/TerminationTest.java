package org.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ends programs as Docker, Kubernetes and systemd do. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "kill -TERM is needed")
final class TerminationTest {

  private static final int BY_TERMINATION = 143;

  // One loop is enough for servers, because the framework implements them for all loops.
  private static final Setup SETUP = new Setup("nio", "carrier");

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @ParameterizedTest
  @MethodSource("setups")
  void programCleansUpBeforeItExits(Setup setup) throws Exception {
    try (ForkedProgram program = ForkedProgram.onClassPath(setup, "CtrlC")) {
      expectCleanEnd(program);
    }
  }

  @ParameterizedTest
  @MethodSource("setups")
  void firstProcessOfContainerCleansUpBeforeItExits(Setup setup) throws Exception {
    assumeTrue(
        ForkedProgram.hasContainers(), "unshare --pid --fork --mount-proc is not permitted here");
    try (ForkedProgram program = ForkedProgram.inContainer(setup, "CtrlC")) {
      expectCleanEnd(program);
    }
  }

  @ParameterizedTest
  @MethodSource("setups")
  void serveForeverLetsItsClientsEnd(Setup setup) throws Exception {
    try (ForkedProgram program = ForkedProgram.onClassPath(setup, "WaitingServer", "600000")) {
      int port = Integer.parseInt(program.awaitLine("serving on port "));
      try (Socket first = connect(port);
          Socket second = connect(port)) {
        program.terminate();

        // The level and its place depend on the logging.
        program.awaitLineWith("serveForever waits for 2 clients of the server on /127.0.0.1:");
        assertThat(echo(first)).isEqualTo('x');
        assertThat(echo(second)).isEqualTo('x');
      }
      assertThat(program.awaitEnd()).doesNotContain("cannot end");
      assertThat(program.exitStatus()).isEqualTo(BY_TERMINATION);
    }
  }

  @Test
  void theReportNamesTheServerWhoseClientsStay() throws Exception {
    try (ForkedProgram program = ForkedProgram.onClassPath(SETUP, "WaitingServer", "300")) {
      int port = Integer.parseInt(program.awaitLine("serving on port "));
      try (Socket _ = connect(port);
          Socket _ = connect(port)) {
        program.terminate();

        assertThat(program.awaitEnd())
            .contains("cannot end within PT0.3S of SIGTERM: the main task still runs")
            .contains(
                "; serveForever waits for 2 clients of the server on /127.0.0.1:%d to disconnect; closeClients and abortClients disconnect them; exiting with status 143"
                    .formatted(port));
        assertThat(program.exitStatus()).isEqualTo(BY_TERMINATION);
      }
    }
  }

  @Test
  void serverThatEndsItsClientsEndsAtOnce() throws Exception {
    try (ForkedProgram program = ForkedProgram.onClassPath(SETUP, "EndingServer", "0")) {
      int port = Integer.parseInt(program.awaitLine("serving on port "));
      try (Socket client = connect(port)) {
        program.terminate();

        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(program.awaitEnd().lines().skip(1))
            .containsExactly("stopped: terminated by SIGTERM");
        assertThat(program.exitStatus()).isEqualTo(BY_TERMINATION);
      }
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    assertThat(echo(client)).isEqualTo('x'); // so that the server has accepted it
    return client;
  }

  private static int echo(Socket client) throws IOException {
    client.getOutputStream().write('x');
    return client.getInputStream().read();
  }

  private static void expectCleanEnd(ForkedProgram program) throws Exception {
    program.awaitLine("working");

    program.terminate();

    assertThat(program.awaitEnd().lines().skip(1))
        .containsExactly("cleaning up", "clean", "stopped: terminated by SIGTERM");
    assertThat(program.exitStatus()).isEqualTo(BY_TERMINATION);
  }
}
