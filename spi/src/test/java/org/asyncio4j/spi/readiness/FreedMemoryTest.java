package org.asyncio4j.spi.readiness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a connection if the memory of a buffer is freed while the loop works on it. */
@SuppressWarnings("MustBeClosedChecker") // the loop is at work when it is closed
class FreedMemoryTest {

  private final Scenario scenario = new Scenario();
  private final ScriptedStream socket = scenario.connected();
  private final RecordingProtocol protocol = new RecordingProtocol();
  private final Arena arena = Arena.ofShared();

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void nothingHasHappenedIfItWasFreedBefore() {
    Transport transport = scenario.open(socket, protocol);
    ByteBuffer freed = shared("freed");
    arena.close();

    for (long room : new long[] {Long.MAX_VALUE, 0}) {
      socket.room = room;
      transport.write(bytes("a"));
      expectRefusal("write", () -> transport.write(freed));
      expectRefusal("writeLines", () -> transport.writeLines(List.of(bytes("b"), freed)));
    }

    assertThat(freed.position()).isZero();
    assertThat(transport.writeBufferSize()).isEqualTo(1);
    socket.room = Long.MAX_VALUE;
    scenario.tick();
    assertThat(socket.sent()).isEqualTo("aa");
  }

  @Test
  void itIsRefusedAfterTheConnectionWasLostToo() {
    Transport transport = scenario.open(socket, protocol);
    ByteBuffer freed = shared("freed");
    arena.close();
    transport.abort();

    expectRefusal("write", () -> transport.write(freed));
  }

  @Test
  void aWriteOfWhichNothingWasTakenIsRefused() {
    Transport transport = scenario.open(socket, protocol);
    socket.beforeTransfer = arena::close;
    ByteBuffer data = shared("freed");

    expectRefusal("write", () -> transport.write(data));

    socket.beforeTransfer = () -> {};
    transport.write(bytes("alive"));
    assertThat(socket.sent()).isEqualTo("alive");
    assertThat(data.limit()).isEqualTo(5);
  }

  @Test
  void aWriteOfWhichAPartWasTakenEndsTheConnection() {
    Transport transport = scenario.open(socket, protocol);
    socket.afterTransfer = arena::close;
    ByteBuffer data = arena.allocate(Scenario.WRITE_BYTES + 1).asByteBuffer();

    transport.write(data);

    expectLost(transport, "Fatal write error");
    assertThat(data.hasRemaining()).isFalse();
    assertThat(socket.sentBytes()).hasSize(Scenario.WRITE_BYTES);
  }

  @Test
  void aWriteWhoseRestCannotBeKeptEndsTheConnection() {
    Transport transport = scenario.open(socket, protocol);
    socket.afterTransfer = arena::close;
    socket.room = 2;

    transport.write(shared("freed"));

    expectLost(transport, "Fatal write error");
    assertThat(socket.sent()).isEqualTo("fr");
  }

  @Test
  void severalBuffersOfWhichOneIsFreedEndTheConnection() {
    Transport transport = scenario.open(socket, protocol);
    socket.beforeTransfer = arena::close;

    transport.writeLines(List.of(shared("freed"), bytes("b")));

    expectLost(transport, "Fatal write error");
    assertThat(socket.sent()).isEmpty();
  }

  @Test
  void severalBuffersWhoseRestCannotBeKeptEndTheConnection() {
    Transport transport = scenario.open(socket, protocol);
    socket.afterTransfer = arena::close;
    socket.room = 2;

    transport.writeLines(List.of(bytes("abc"), shared("freed"), bytes("def")));

    expectLost(transport, "Fatal write error");
    assertThat(socket.sent()).isEqualTo("ab");
  }

  @Test
  void aLentBufferThatIsFreedEndsTheConnection() {
    LendingProtocol lender = new LendingProtocol(shared("     "));
    arena.close();
    Transport transport = scenario.open(socket, lender);
    socket.arrives("data");
    scenario.tick();

    expectLost(transport, "protocol.getBuffer() call failed");
  }

  @Test
  void aLentBufferThatIsFreedLaterEndsTheConnection() {
    LendingProtocol lender = new LendingProtocol(shared("     "));
    Transport transport = scenario.open(socket, lender);
    socket.beforeTransfer = arena::close;
    socket.arrives("data");
    scenario.tick();

    expectLost(transport, "Fatal read error");
  }

  private void expectLost(Transport transport, String message) {
    ErrorReport report = scenario.takeReport();
    assertThat(report.message()).contains(message);
    assertThat(report.exception()).get().isInstanceOf(IllegalStateException.class);
    assertThat(transport.isClosing()).isTrue();
    scenario.tick();
  }

  private static void expectRefusal(String operation, ThrowingCallable call) {
    assertThatIllegalStateException()
        .isThrownBy(call)
        .withMessageStartingWith("cannot call " + operation + ": the memory of ")
        .withMessageContaining("freed; keep its arena open until " + operation + " returns");
  }

  private ByteBuffer shared(String text) {
    return arena.allocate(text.length()).asByteBuffer().put(bytes(text)).flip();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
