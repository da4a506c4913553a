package org.asyncio4j.tck.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Server;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that a server cuts off before their handlers have begun. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CutOffAtOnceTest {

  static List<Kind> kinds() {
    return TlsLoops.all().toList();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aHandlerThatBeginsAfterCloseClientsIsNotReported(Kind kind) {
    List<ErrorReport> reports = new CopyOnWriteArrayList<>();
    kind.run(reports, () -> cutOff(Server::closeClients));

    assertThat(reports).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aHandlerThatBeginsAfterAbortClientsIsNotReported(Kind kind) {
    List<ErrorReport> reports = new CopyOnWriteArrayList<>();
    kind.run(reports, () -> cutOff(Server::abortClients));

    assertThat(reports).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aHandlerThatIsCutOffInStartTlsIsNotReported(Kind kind) {
    List<ErrorReport> reports = new CopyOnWriteArrayList<>();
    kind.run(reports, () -> cutOffInStartTls(Server::closeClients));
    kind.run(reports, () -> cutOffInStartTls(Server::abortClients));

    assertThat(reports).isEmpty();
  }

  private static boolean cutOffInStartTls(Consumer<Server> ending) throws IOException {
    List<Integer> begun = new ArrayList<>();
    Server server =
        Asyncio.startServer(
            (reader, writer) -> {
              begun.add(1);
              writer.startTls(TlsLoops.SERVER);
            },
            TlsLoops.loopback());
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      TlsLoops.yieldUntil(() -> !begun.isEmpty());
      TlsLoops.yieldOnce();
      server.close();
      ending.accept(server);
      server.waitClosed();
      TlsLoops.yieldOnce();
      TlsLoops.yieldOnce();
    }
    return true;
  }

  /** Cuts clients off until the handler of one has not begun at that time. */
  private static boolean cutOff(Consumer<Server> ending) throws IOException {
    int early = 0;
    while (early == 0) {
      List<Integer> begun = new ArrayList<>();
      List<Integer> ended = new ArrayList<>();
      Server server =
          Asyncio.startServer(
              (reader, writer) -> {
                begun.add(1);
                try {
                  byte[] ignored = reader.readExactly(5);
                } finally {
                  ended.add(1);
                }
              },
              TlsLoops.loopback());
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        TlsLoops.yieldUntil(() -> server.toString().contains("clients=1"));
        early += begun.isEmpty() ? 1 : 0;
        ending.accept(server);
        TlsLoops.yieldUntil(() -> !ended.isEmpty());
        server.close();
        server.waitClosed();
      }
    }
    TlsLoops.yieldOnce();
    TlsLoops.yieldOnce();
    return true;
  }
}
