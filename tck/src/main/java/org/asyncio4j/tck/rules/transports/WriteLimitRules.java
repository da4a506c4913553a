package org.asyncio4j.tck.rules.transports;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.Links;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Chapter 10, part two: the limits, and the calls that a protocol may make when it is paused or
 * resumed.
 */
@Requires(Capability.TCP_CLIENT)
final class WriteLimitRules {

  private static final int MEGABYTE = 1024 * 1024;

  private final LoopFixture fixture;
  private final Links links;

  WriteLimitRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.links = new Links(fixture);
  }

  /**
   * Reads the limits.
   *
   * <p>If it fails: start with {@code WriteBufferLimits.defaults()}.
   */
  @Rule("10.6")
  void theLimitsAreTheDefaultsUnlessChanged() {
    Link link = links.connect(new Recorder());
    WriteBufferLimits changed = new WriteBufferLimits(3, 7);

    links.act(() -> {
      Transport transport = link.transport();
      Expect.equal(
          "the limits at first",
          new WriteBufferLimits(16 * 1024, 64 * 1024),
          transport.writeBufferLimits());
      transport.setWriteBufferLimits(changed);
      Expect.equal("the limits", changed, transport.writeBufferLimits());
    });
  }

  /**
   * Lowers the high-water mark below the buffered size.
   *
   * <p>If it fails: compare the size with the mark when that is set, too.
   */
  @Rule("10.7")
  void aLoweredHighWaterMarkPausesAtOnce() {
    Recorder protocol = new Recorder();
    Link link = links.connect(protocol);

    links.act(() -> {
      Links.fill(link.transport());
      link.transport()
          .setWriteBufferLimits(new WriteBufferLimits(0, link.transport().writeBufferSize() - 1));
      protocol.calls().expect("connectionMade", "pauseWriting");
    });
  }

  /**
   * Raises the limits above the buffered size.
   *
   * <p>If it fails: resume only after a write to the socket.
   */
  @Rule("10.8")
  void raisedLimitsResumeWhenTheBufferShrinks() {
    Recorder protocol = new Recorder();
    Link link = links.connect(protocol);
    long written =
        links.ask(() -> {
          Transport transport = link.transport();
          long bytes = Links.fill(transport);
          transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(1));
          long raised = transport.writeBufferSize() + MEGABYTE;
          transport.setWriteBufferLimits(new WriteBufferLimits(raised, raised));
          Expect.equal("the calls so far", 0, protocol.calls().count("resumeWriting"));
          return bytes;
        });

    byte[] ignored = link.wire().receive(Math.toIntExact(written));

    fixture
        .patience()
        .until("it must be resumed", () -> protocol.calls().count("resumeWriting") > 0);
    protocol.calls().expect("connectionMade", "pauseWriting", "resumeWriting");
  }

  /**
   * Writes from {@code resumeWriting}, to the same transport and to another one.
   *
   * <p>If it fails: update the buffer before the protocol is called.
   */
  @Rule("10.9")
  void aProtocolMayWriteWhenItIsResumed() {
    AtomicReference<@Nullable Link> own = new AtomicReference<>();
    Link other = links.connect(new Recorder());
    Link link =
        links.connect(
            new Recorder() {
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
        links.ask(() -> {
          own.set(link);
          long bytes = Links.fill(link.transport());
          link.transport().setWriteBufferLimits(WriteBufferLimits.ofHigh(1));
          return Math.toIntExact(bytes);
        });

    byte[] ignored = link.wire().receive(filled);

    Expect.equal("what follows", "tail", link.wire().receiveText(4));
    Expect.equal("what the other peer receives", "other", other.wire().receiveText(5));
  }

  /**
   * Closes the transport from {@code pauseWriting}.
   *
   * <p>If it fails: check whether the transport is closing before the protocol is resumed.
   */
  @Rule("10.10")
  void aProtocolThatClosesWhenItIsPausedIsNotResumed() {
    AtomicReference<@Nullable Transport> transport = new AtomicReference<>();
    Recorder protocol =
        new Recorder() {
          @Override
          public void pauseWriting() {
            super.pauseWriting();
            Transport paused = transport.get();
            if (paused != null) {
              paused.close();
            }
          }
        };
    Link link = links.connect(protocol);
    long written =
        links.ask(() -> {
          transport.set(link.transport());
          long bytes = Links.fill(link.transport());
          link.transport()
              .setWriteBufferLimits(new WriteBufferLimits(0, link.transport().writeBufferSize()));
          link.transport().write(new byte[MEGABYTE]);
          return bytes + MEGABYTE;
        });

    byte[] all = link.wire().receiveAll();

    Expect.equal("the number of bytes that arrive", written, (long) all.length);
    fixture.patience().until("the connection must end", protocol.calls()::isLost);
    protocol.calls().expect("connectionMade", "pauseWriting", "connectionLost");
  }

  /**
   * Throws from {@code pauseWriting}.
   *
   * <p>If it fails: catch exceptions of the protocol around that call only.
   */
  @Rule("10.11")
  void anExceptionOfPauseWritingIsOnlyReported() {
    IllegalArgumentException mistake = new IllegalArgumentException("on purpose");
    Link link =
        links.connect(
            new Recorder() {
              @Override
              public void pauseWriting() {
                throw mistake;
              }
            });
    int written =
        links.ask(() -> {
          long bytes = Links.fill(link.transport());
          link.transport()
              .setWriteBufferLimits(new WriteBufferLimits(0, link.transport().writeBufferSize()));
          link.transport().write(new byte[10]);
          return Math.toIntExact(bytes + 10);
        });

    byte[] ignored = link.wire().receive(written);

    expectReport("pauseWriting", mistake);
    Expect.that("the connection must continue", !links.ask(link.transport()::isClosing));
  }

  /**
   * Throws from {@code resumeWriting}.
   *
   * <p>If it fails: see rule 10.11.
   */
  @Rule("10.12")
  void anExceptionOfResumeWritingIsOnlyReported() {
    IllegalArgumentException mistake = new IllegalArgumentException("on purpose");
    AtomicInteger calls = new AtomicInteger();
    Link link =
        links.connect(
            new Recorder() {
              @Override
              public void resumeWriting() {
                calls.incrementAndGet();
                throw mistake;
              }
            });
    int written =
        links.ask(() -> {
          long bytes = Links.fill(link.transport());
          link.transport().setWriteBufferLimits(WriteBufferLimits.ofHigh(1));
          return Math.toIntExact(bytes);
        });

    byte[] ignored = link.wire().receive(written);
    fixture.patience().until("resumeWriting must be called", () -> calls.get() == 1);

    links.settle(2);
    expectReport("resumeWriting", mistake);
    Expect.that("the connection must continue", !links.ask(link.transport()::isClosing));
  }

  private void expectReport(String method, Throwable mistake) {
    ErrorReport report = fixture.takeReport("what %s throws".formatted(method));
    Expect.mentions("the report", report.message(), method);
    Expect.same("the exception of the report", mistake, report.exception().orElse(null));
  }
}
