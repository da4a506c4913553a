package org.asyncio4j.tck.rules.transports;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LendingRecorder;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.Links;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.RecordedCalls;
import org.asyncio4j.tck.probe.Recorder;
import org.jspecify.annotations.Nullable;

/** Chapter 11, part two: sockets and protocols that fail. */
@Requires(Capability.TCP_CLIENT)
final class FailureRules {

  private final LoopFixture fixture;
  private final Links links;
  private final Recorder protocol = new Recorder();
  private final IllegalArgumentException mistake = new IllegalArgumentException("on purpose");

  FailureRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.links = new Links(fixture);
  }

  /**
   * Makes the peer reset the connection.
   *
   * <p>If it fails: pass an {@code IOException} of the socket to the protocol, and not to the
   * exception handler.
   */
  @Rule("11.11")
  void aResetLosesTheConnectionAndIsNotReported() {
    Link link = links.connect(protocol);
    link.wire().send("last");
    fixture
        .patience()
        .until("the data of the peer must arrive", () -> protocol.calls().size() == 4);

    link.wire().reset();

    awaitLost(protocol.calls());
    links.settle(2);
    protocol.calls().expect("connectionMade", "dataReceived", "connectionLost");
    expectIoException(protocol.calls().reason());
    expectNoReport();
  }

  /**
   * Writes to a connection that the peer has reset, without reading first.
   *
   * <p>If it fails: catch exceptions of the socket in {@code write}, and call {@code
   * connectionLost} later.
   */
  @Rule("11.12")
  @Direct("the reset must have arrived when the loop writes")
  void aWriteThatFailsLosesTheConnectionAndReturns() {
    Link link = links.connect(protocol);
    links.act(link.transport()::pauseReading);
    link.wire().reset();

    links.act(() -> {
      for (int count = 0; count < 3; count++) {
        link.transport().write("this is lost".getBytes(US_ASCII));
      }
      protocol.calls().expect("connectionMade");
    });

    awaitLost(protocol.calls());
    links.settle(2);
    protocol.calls().expect("connectionMade", "connectionLost");
    expectIoException(protocol.calls().reason());
    expectNoReport();
  }

  /**
   * Counts the polls after a reset that was not read yet: epoll always reports it.
   *
   * <p>If it fails: remove the socket from the poller when nothing is watched.
   */
  @Rule("11.13")
  void aResetWhileReadingIsPausedDoesNotSpin() {
    Link link = links.connect(protocol);
    links.act(link.transport()::pauseReading);
    link.wire().reset();

    links.expectNoSpin("after a reset of a connection that is not read");

    links.act(() -> {
      if (!link.transport().isClosing()) {
        link.transport().resumeReading();
      }
    });
    awaitLost(protocol.calls());
    expectIoException(protocol.calls().reason());
  }

  /**
   * Throws from {@code dataReceived}.
   *
   * <p>If it fails: report it, then lose the connection with the same exception.
   */
  @Rule("11.14")
  void anExceptionOfDataReceivedIsReportedAndFatal() {
    Recorder failing =
        new Recorder() {
          @Override
          public void dataReceived(ByteBuffer data) {
            throw mistake;
          }
        };
    Link link = links.connect(failing);
    link.wire().send("data");

    expectFatal("dataReceived", link, failing, failing.calls());
  }

  /**
   * Throws from {@code getBuffer}.
   *
   * <p>If it fails: see rule 11.14.
   */
  @Rule("11.15")
  void anExceptionOfGetBufferIsReportedAndFatal() {
    LendingRecorder failing =
        new LendingRecorder() {
          @Override
          public ByteBuffer getBuffer(int sizeHint) {
            throw mistake;
          }
        };
    Link link = links.connect(failing);
    link.wire().send("data");

    expectFatal("getBuffer", link, failing, failing.calls());
  }

  /**
   * Lends a buffer without room, and one that cannot be written to.
   *
   * <p>If it fails: check the buffer of {@code getBuffer} before reading into it; a read of zero
   * bytes looks like an end of file or is repeated forever.
   */
  @Rule("11.16")
  void aBufferWithoutRoomIsReportedAndFatal() {
    for (ByteBuffer useless :
        new ByteBuffer[] {ByteBuffer.allocate(0), ByteBuffer.allocate(9).asReadOnlyBuffer()}) {
      LendingRecorder failing =
          new LendingRecorder() {
            @Override
            public ByteBuffer getBuffer(int sizeHint) {
              return useless;
            }
          };
      Link link = links.connect(failing);
      link.wire().send("data");

      awaitLost(failing.calls());
      failing.calls().expect("connectionMade", "connectionLost");
      ErrorReport report = fixture.takeReport("a buffer without room");
      Expect.mentions("the report", report.message(), "getBuffer");
      Expect.same("the reason", report.exception().orElse(null), failing.calls().reason());
    }
  }

  /**
   * Throws from {@code bufferUpdated}.
   *
   * <p>If it fails: see rule 11.14.
   */
  @Rule("11.17")
  void anExceptionOfBufferUpdatedIsReportedAndFatal() {
    LendingRecorder failing =
        new LendingRecorder() {
          @Override
          public void bufferUpdated(int byteCount) {
            throw mistake;
          }
        };
    Link link = links.connect(failing);
    link.wire().send("data");

    expectFatal("bufferUpdated", link, failing, failing.calls());
  }

  /**
   * Throws from {@code eofReceived}.
   *
   * <p>If it fails: see rule 11.14.
   */
  @Rule("11.18")
  void anExceptionOfEofReceivedIsReportedAndFatal() {
    Recorder failing =
        new Recorder() {
          @Override
          public boolean eofReceived() {
            throw mistake;
          }
        };
    Link link = links.connect(failing);
    link.wire().sendEof();

    expectFatal("eofReceived", link, failing, failing.calls());
  }

  /**
   * Throws from {@code connectionMade}.
   *
   * <p>If it fails: report it as for any callback; still start reading and complete the waiter.
   */
  @Rule("11.19")
  void anExceptionOfConnectionMadeIsReportedAndTheConnectionContinues() {
    Recorder failing =
        new Recorder() {
          @Override
          public void connectionMade(Transport transport) {
            super.connectionMade(transport);
            throw mistake;
          }
        };
    Link link = links.connect(failing);
    link.wire().send("data");

    fixture.patience().until("the data of the peer must arrive", () -> failing.calls().size() == 4);
    ErrorReport report = fixture.takeReport("what connectionMade throws");
    Expect.same("the exception of the report", mistake, report.exception().orElse(null));
    Expect.that("the transport must not be closing", !links.ask(link.transport()::isClosing));
  }

  /**
   * Throws from {@code connectionLost}.
   *
   * <p>If it fails: close the socket and notify the transport's owner in a {@code finally} block.
   */
  @Rule("11.20")
  void anExceptionOfConnectionLostIsReportedAndCleanUpContinues() {
    Recorder failing =
        new Recorder() {
          @Override
          public void connectionLost(@Nullable Throwable exception) {
            super.connectionLost(exception);
            throw mistake;
          }
        };
    Link link = links.connect(failing);

    links.act(link.transport()::close);

    awaitLost(failing.calls());
    link.wire().expectEnd();
    links.settle(2);
    failing.calls().expect("connectionMade", "connectionLost");
    ErrorReport report = fixture.takeReport("what connectionLost throws");
    Expect.same("the exception of the report", mistake, report.exception().orElse(null));
  }

  private void expectFatal(
      String method, Link link, StreamProtocol failing, RecordedCalls received) {
    awaitLost(received);
    Expect.same("the reason", mistake, received.reason());
    link.wire().expectEnd();
    links.settle(2);
    received.expect("connectionMade", "connectionLost");
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

  private void awaitLost(RecordedCalls received) {
    fixture.patience().until("connectionLost must be called", received::isLost);
  }
}
