package org.asyncio4j.tck.rules.transports;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LendingProbe;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Polls;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.StreamProbe;
import org.jspecify.annotations.Nullable;

/** Chapter 11, part two: sockets and protocols that fail. */
@Requires(Capability.TCP_CLIENT)
final class FailureRules {

  private final LoopFixture fixture;
  private final Network network;
  private final ProbeProtocol protocol = new ProbeProtocol();
  private final IllegalArgumentException mistake = new IllegalArgumentException("on purpose");

  FailureRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Makes the peer reset the connection. */
  @Rule("11.11")
  @Hint("Pass an `IOException` of the socket to the protocol, and not to the exception handler.")
  void aResetLosesTheConnectionAndIsNotReported() {
    Link link = network.connect(protocol);
    link.peer().send("last");
    fixture
        .patience()
        .until("the data of the peer must arrive", () -> protocol.receivedCount() == 4);

    link.peer().reset();

    awaitLost(protocol);
    network.settle(2);
    protocol.expectCalls("connectionMade", "dataReceived", "connectionLost");
    expectIoException(protocol.reason().orElse(null));
    expectNoReport();
  }

  /** Writes to a connection that the peer has reset, without reading first. */
  @Rule("11.12")
  @Hint("Catch exceptions of the socket in `write`, and call `connectionLost` later.")
  @Direct("the reset must have arrived when the loop writes")
  void aWriteThatFailsLosesTheConnectionAndReturns() {
    Link link = network.connect(protocol);
    network.perform(link.transport()::pauseReading);
    link.peer().reset();

    network.perform(() -> {
      for (int count = 0; count < 3; count++) {
        link.transport().write("this is lost".getBytes(US_ASCII));
      }
      protocol.expectCalls("connectionMade");
    });

    awaitLost(protocol);
    network.settle(2);
    protocol.expectCalls("connectionMade", "connectionLost");
    expectIoException(protocol.reason().orElse(null));
    expectNoReport();
  }

  /** Counts the polls after a reset that was not read yet: epoll always reports it. */
  @Rule("11.13")
  @Hint("Remove the socket from the poller when nothing is watched.")
  void aResetWhileReadingIsPausedDoesNotSpin() {
    Link link = network.connect(protocol);
    network.perform(link.transport()::pauseReading);
    link.peer().reset();

    Polls.expectNoSpin(network, "after a reset of a connection that is not read");

    network.perform(() -> {
      if (!link.transport().isClosing()) {
        link.transport().resumeReading();
      }
    });
    awaitLost(protocol);
    expectIoException(protocol.reason().orElse(null));
  }

  /** Throws from {@code dataReceived}. */
  @Rule("11.14")
  @Hint("Report it, then lose the connection with the same exception.")
  void anExceptionOfDataReceivedIsReportedAndFatal() {
    ProbeProtocol failing =
        new ProbeProtocol() {
          @Override
          public void dataReceived(ByteBuffer data) {
            throw mistake;
          }
        };
    Link link = network.connect(failing);
    link.peer().send("data");

    expectFatal("dataReceived", link, failing);
  }

  /** Throws from {@code getBuffer}. */
  @Rule("11.15")
  @Hint("See rule 11.14.")
  void anExceptionOfGetBufferIsReportedAndFatal() {
    LendingProbe failing =
        new LendingProbe() {
          @Override
          public ByteBuffer getBuffer(int sizeHint) {
            throw mistake;
          }
        };
    Link link = network.connect(failing);
    link.peer().send("data");

    expectFatal("getBuffer", link, failing);
  }

  /** Lends a buffer without room, and one that cannot be written to. */
  @Rule("11.16")
  @Hint(
      "Check the buffer of `getBuffer` before reading into it; a read of zero bytes looks like an"
          + " end of file or is repeated forever.")
  void aBufferWithoutRoomIsReportedAndFatal() {
    for (ByteBuffer useless :
        new ByteBuffer[] {ByteBuffer.allocate(0), ByteBuffer.allocate(9).asReadOnlyBuffer()}) {
      LendingProbe failing =
          new LendingProbe() {
            @Override
            public ByteBuffer getBuffer(int sizeHint) {
              return useless;
            }
          };
      Link link = network.connect(failing);
      link.peer().send("data");

      awaitLost(failing);
      failing.expectCalls("connectionMade", "connectionLost");
      ErrorReport report = fixture.takeReport("a buffer without room");
      Expect.mentions("the report", report.message(), "getBuffer");
      Expect.same("the reason", report.exception().orElse(null), failing.reason().orElse(null));
    }
  }

  /** Throws from {@code bufferUpdated}. */
  @Rule("11.17")
  @Hint("See rule 11.14.")
  void anExceptionOfBufferUpdatedIsReportedAndFatal() {
    LendingProbe failing =
        new LendingProbe() {
          @Override
          public void bufferUpdated(int byteCount) {
            throw mistake;
          }
        };
    Link link = network.connect(failing);
    link.peer().send("data");

    expectFatal("bufferUpdated", link, failing);
  }

  /** Throws from {@code eofReceived}. */
  @Rule("11.18")
  @Hint("See rule 11.14.")
  void anExceptionOfEofReceivedIsReportedAndFatal() {
    ProbeProtocol failing =
        new ProbeProtocol() {
          @Override
          public boolean eofReceived() {
            throw mistake;
          }
        };
    Link link = network.connect(failing);
    link.peer().sendEof();

    expectFatal("eofReceived", link, failing);
  }

  /** Throws from {@code connectionMade}. */
  @Rule("11.19")
  @Hint("Report it as for any callback; still start reading and complete the waiter.")
  void anExceptionOfConnectionMadeIsReportedAndTheConnectionContinues() {
    ProbeProtocol failing =
        new ProbeProtocol() {
          @Override
          public void connectionMade(Transport transport) {
            super.connectionMade(transport);
            throw mistake;
          }
        };
    Link link = network.connect(failing);
    link.peer().send("data");

    fixture
        .patience()
        .until("the data of the peer must arrive", () -> failing.receivedCount() == 4);
    ErrorReport report = fixture.takeReport("what connectionMade throws");
    Expect.same("the exception of the report", mistake, report.exception().orElse(null));
    Expect.that("the transport must not be closing", !network.call(link.transport()::isClosing));
  }

  /** Throws from {@code connectionLost}. */
  @Rule("11.20")
  @Hint("Close the socket and notify the transport's owner in a `finally` block.")
  void anExceptionOfConnectionLostIsReportedAndCleanUpContinues() {
    ProbeProtocol failing =
        new ProbeProtocol() {
          @Override
          public void connectionLost(@Nullable Throwable exception) {
            super.connectionLost(exception);
            throw mistake;
          }
        };
    Link link = network.connect(failing);

    network.perform(link.transport()::close);

    awaitLost(failing);
    link.peer().expectEnd();
    network.settle(2);
    failing.expectCalls("connectionMade", "connectionLost");
    ErrorReport report = fixture.takeReport("what connectionLost throws");
    Expect.same("the exception of the report", mistake, report.exception().orElse(null));
  }

  private void expectFatal(String method, Link link, StreamProbe failing) {
    awaitLost(failing);
    Expect.same("the reason", mistake, failing.reason().orElse(null));
    link.peer().expectEnd();
    network.settle(2);
    failing.expectCalls("connectionMade", "connectionLost");
    ErrorReport report = fixture.takeReport("what %s throws".formatted(method));
    Expect.mentions("the report", report.message(), method);
    Expect.same("the exception of the report", mistake, report.exception().orElse(null));
    Expect.same("the protocol of the report", failing, report.protocol().orElse(null));
    Expect.same("the transport of the report", link.transport(), report.transport().orElse(null));
  }

  private void expectNoReport() {
    Expect.equal(
        "the report of an IOException",
        "none",
        fixture.pollReport().map(ErrorReport::message).orElse("none"));
  }

  private static void expectIoException(@Nullable Throwable reason) {
    Expect.that(
        "the reason must be an IOException (was %s)".formatted(reason),
        reason instanceof IOException);
  }

  private void awaitLost(StreamProbe protocol) {
    fixture.patience().await("connectionLost must be called", protocol.lost());
  }
}
