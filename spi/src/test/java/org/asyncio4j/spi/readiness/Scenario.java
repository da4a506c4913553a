package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.spi.hooks.TransportOwner;

/** A loop over a {@link ScriptedDriver}, tick by tick, with a clock of its own. */
final class Scenario implements AutoCloseable {

  /** How much a transport reads at a time. */
  static final int READ_BYTES = 256 * 1024;

  /** How much a transport offers to the system at a time. */
  static final int WRITE_BYTES = 1024 * 1024;

  /** How many datagrams a transport sends at a time. */
  static final int SEND_BATCH = 64;

  final ScriptedDriver driver = new ScriptedDriver();
  final AtomicLong clock = new AtomicLong();
  final ReadinessEventLoop loop;

  /** The reports to the exception handler; a test removes those that it expects. */
  final List<ErrorReport> reports = new ArrayList<>();

  Scenario() {
    this(EnumSet.allOf(Capability.class));
  }

  Scenario(Set<Capability> capabilities) {
    loop =
        new ReadinessEventLoop(
            LoopContext.defaults().withClock(clock::get), "scripted", driver, driver, capabilities);
    loop.setExceptionHandler((source, report) -> reports.add(report));
  }

  /** One tick: a poll that does not wait, then the callbacks that are queued. */
  void tick() {
    loop.stop();
    loop.runForever();
  }

  void ticks(int count) {
    for (int i = 0; i < count; i++) {
      tick();
    }
  }

  ScriptedStream connected() {
    return driver.connected();
  }

  /** A transport whose protocol knows it, and which reads. */
  Transport open(ScriptedStream socket, StreamProtocol protocol) {
    Transport transport = make(socket, protocol);
    tick();
    return transport;
  }

  Transport make(ScriptedStream socket, StreamProtocol protocol) {
    return make(socket, protocol, null, null, Context.empty());
  }

  Transport make(
      ScriptedStream socket,
      StreamProtocol protocol,
      Promise<Void> waiter,
      TransportOwner owner,
      Context context) {
    return loop.makeSocketTransport(
        new SocketTransportRequest(
            socket, protocol, Optional.ofNullable(waiter), Optional.ofNullable(owner), context));
  }

  /** An endpoint whose protocol knows it, and which reads. */
  DatagramTransport open(ScriptedDatagrams socket, DatagramProtocol protocol) {
    DatagramTransport transport = make(socket, protocol, null, null);
    tick();
    return transport;
  }

  DatagramTransport make(
      ScriptedDatagrams socket,
      DatagramProtocol protocol,
      InetSocketAddress peer,
      Promise<Void> waiter) {
    return loop.makeDatagramTransport(
        new DatagramTransportRequest(
            socket,
            protocol,
            Optional.ofNullable(peer),
            Optional.ofNullable(waiter),
            Context.empty(),
            () -> {}));
  }

  /** The only thing that was reported. */
  ErrorReport takeReport() {
    assertThat(reports).hasSize(1);
    return reports.removeFirst();
  }

  @Override
  public void close() {
    loop.close();

    assertThat(reports).as("what was reported and not expected").isEmpty();
    assertThat(driver.streams).as("each socket is closed once").allMatch(s -> s.closes == 1);
    assertThat(driver.listeners).as("each listener is closed once").allMatch(s -> s.closes == 1);
    assertThat(driver.udpSockets).as("each UDP socket is closed once").allMatch(s -> s.closes == 1);
    assertThat(driver.closed).as("the poller is closed once").isEqualTo(1);
  }
}
