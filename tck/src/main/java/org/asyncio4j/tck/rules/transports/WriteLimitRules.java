package org.asyncio4j.tck.rules.transports;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Chapter 10, part two: the limits, and the calls that a protocol may make when it is paused or
 * resumed.
 */
@Requires(Capability.TCP_CLIENT)
final class WriteLimitRules {

  private static final int MEGABYTE = 1024 * 1024;

  private final LoopFixture fixture;
  private final Network network;

  WriteLimitRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Reads the limits. */
  @Rule("10.6")
  @Hint("Start with `WriteBufferLimits.defaults()`.")
  void theLimitsAreTheDefaultsUnlessChanged() {
    Link link = network.connect(new ProbeProtocol());
    WriteBufferLimits changed = new WriteBufferLimits(3, 7);

    network.perform(() -> {
      Transport transport = link.transport();
      Expect.equal(
          "the limits at first",
          new WriteBufferLimits(16 * 1024, 64 * 1024),
          transport.writeBufferLimits());
      transport.setWriteBufferLimits(changed);
      Expect.equal("the limits", changed, transport.writeBufferLimits());
    });
  }

  /** Lowers the high-water mark below the buffered size. */
  @Rule("10.7")
  @Hint("Compare the size with the mark when that is set, too.")
  void aLoweredHighWaterMarkPausesAtOnce() {
    ProbeProtocol protocol = new ProbeProtocol();
    Link link = network.connect(protocol);

    network.perform(() -> {
      Flood.fill(link.transport());
      link.transport()
          .setWriteBufferLimits(new WriteBufferLimits(0, link.transport().writeBufferSize() - 1));
      protocol.expectCalls("connectionMade", "pauseWriting");
    });
  }

  /** Raises the limits above the buffered size. */
  @Rule("10.8")
  @Hint("Resume only after a write to the socket.")
  void raisedLimitsResumeWhenTheBufferShrinks() {
    ProbeProtocol protocol = new ProbeProtocol();
    Link link = network.connect(protocol);
    long written =
        network.call(() -> {
          Transport transport = link.transport();
          long bytes = Flood.fill(transport);
          transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(1));
          long raised = transport.writeBufferSize() + MEGABYTE;
          transport.setWriteBufferLimits(new WriteBufferLimits(raised, raised));
          Expect.equal("the calls so far", 0, protocol.trace().count("resumeWriting"));
          return bytes;
        });

    byte[] ignored = link.peer().receive(Math.toIntExact(written));

    fixture
        .patience()
        .until("it must be resumed", () -> protocol.trace().count("resumeWriting") > 0);
    protocol.expectCalls("connectionMade", "pauseWriting", "resumeWriting");
  }

  /** Writes from {@code resumeWriting}, to the same transport and to another one. */
  @Rule("10.9")
  @Hint("Update the buffer before the protocol is called.")
  void aProtocolMayWriteWhenItIsResumed() {
    AtomicReference<@Nullable Link> own = new AtomicReference<>();
    Link other = network.connect(new ProbeProtocol());
    Link link =
        network.connect(
            new ProbeProtocol() {
              @Override
              public void resumeWriting() {
                Link resumed = own.get();
                if (resumed != null) {
                  resumed.transport().write("tail".getBytes(US_ASCII));
                  other.transport().write("other".getBytes(US_ASCII));
                }
              }
            });
    int filled =
        network.call(() -> {
          own.set(link);
          long bytes = Flood.fill(link.transport());
          link.transport().setWriteBufferLimits(WriteBufferLimits.ofHigh(1));
          return Math.toIntExact(bytes);
        });

    byte[] ignored = link.peer().receive(filled);

    Expect.equal("what follows", "tail", link.peer().receiveText(4));
    Expect.equal("what the other peer receives", "other", other.peer().receiveText(5));
  }

  /** Closes the transport from {@code pauseWriting}. */
  @Rule("10.10")
  @Hint("Check whether the transport is closing before the protocol is resumed.")
  void aProtocolThatClosesWhenItIsPausedIsNotResumed() {
    AtomicReference<@Nullable Transport> transport = new AtomicReference<>();
    ProbeProtocol protocol =
        new ProbeProtocol() {
          @Override
          public void pauseWriting() {
            super.pauseWriting();
            Transport paused = transport.get();
            if (paused != null) {
              paused.close();
            }
          }
        };
    Link link = network.connect(protocol);
    long written =
        network.call(() -> {
          transport.set(link.transport());
          long bytes = Flood.fill(link.transport());
          link.transport()
              .setWriteBufferLimits(new WriteBufferLimits(0, link.transport().writeBufferSize()));
          link.transport().write(new byte[MEGABYTE]);
          return bytes + MEGABYTE;
        });

    byte[] all = link.peer().receiveAll();

    Expect.equal("the number of bytes that arrive", written, (long) all.length);
    fixture.patience().await("the connection must end", protocol.lost());
    protocol.expectCalls("connectionMade", "pauseWriting", "connectionLost");
  }

  /** Throws from {@code pauseWriting}. */
  @Rule("10.11")
  @Hint("Catch exceptions of the protocol around that call only.")
  void anExceptionOfPauseWritingIsOnlyReported() {
    IllegalArgumentException mistake = new IllegalArgumentException("on purpose");
    Link link =
        network.connect(
            new ProbeProtocol() {
              @Override
              public void pauseWriting() {
                throw mistake;
              }
            });
    int written =
        network.call(() -> {
          long bytes = Flood.fill(link.transport());
          link.transport()
              .setWriteBufferLimits(new WriteBufferLimits(0, link.transport().writeBufferSize()));
          link.transport().write(new byte[10]);
          return Math.toIntExact(bytes + 10);
        });

    byte[] ignored = link.peer().receive(written);

    expectReport("pauseWriting", mistake);
    Expect.that("the connection must continue", !network.call(link.transport()::isClosing));
  }

  /** Throws from {@code resumeWriting}. */
  @Rule("10.12")
  @Hint("See rule 10.11.")
  void anExceptionOfResumeWritingIsOnlyReported() {
    IllegalArgumentException mistake = new IllegalArgumentException("on purpose");
    AtomicInteger calls = new AtomicInteger();
    Link link =
        network.connect(
            new ProbeProtocol() {
              @Override
              public void resumeWriting() {
                calls.incrementAndGet();
                throw mistake;
              }
            });
    int written =
        network.call(() -> {
          long bytes = Flood.fill(link.transport());
          link.transport().setWriteBufferLimits(WriteBufferLimits.ofHigh(1));
          return Math.toIntExact(bytes);
        });

    byte[] ignored = link.peer().receive(written);
    fixture.patience().until("resumeWriting must be called", () -> calls.get() == 1);

    network.settle(2);
    expectReport("resumeWriting", mistake);
    Expect.that("the connection must continue", !network.call(link.transport()::isClosing));
  }

  private void expectReport(String method, Throwable mistake) {
    ErrorReport report = fixture.takeReport("what %s throws".formatted(method));
    Expect.mentions("the report", report.message(), method);
    Expect.same("the exception of the report", mistake, report.exception().orElse(null));
  }
}
