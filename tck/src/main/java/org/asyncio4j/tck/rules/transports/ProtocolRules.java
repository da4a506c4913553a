package org.asyncio4j.tck.rules.transports;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.LendingProbe;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.jspecify.annotations.Nullable;

/** Chapter 11, part five: which protocol is called, how, and in which context. */
@Requires(Capability.TCP_CLIENT)
final class ProtocolRules {

  private static final ContextVar<String> COLOUR = ContextVar.named("colour");

  private final LoopFixture fixture;
  private final Network network;
  private final ProbeProtocol protocol = new ProbeProtocol();

  ProtocolRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Changes the protocol between data, from one kind to the other and back. */
  @Rule("11.31")
  @Hint("Read the protocol, and its kind, again for each event.")
  void aNewProtocolReceivesTheNextEvents() {
    LendingProbe lender = new LendingProbe();
    ProbeProtocol last = new ProbeProtocol();
    Link link = network.connect(protocol);
    link.peer().send("one");
    fixture
        .patience()
        .until("the first protocol must receive data", () -> protocol.receivedCount() == 3);
    network.perform(() -> change(link.transport(), lender));
    link.peer().send("four");
    fixture
        .patience()
        .until("the second protocol must receive data", () -> lender.receivedCount() == 4);
    network.perform(() -> change(link.transport(), last));
    link.peer().send("three");
    fixture
        .patience()
        .until("the third protocol must receive data", () -> last.receivedCount() == 5);
    link.peer().sendEof();
    fixture.patience().await("the third protocol must receive the end", last.lost());
    protocol.expectCalls("connectionMade", "dataReceived");
    lender.expectCalls("dataReceived");
    last.expectCalls("dataReceived", "eofReceived", "connectionLost");
  }

  private static void change(Transport transport, StreamProtocol changed) {
    transport.setProtocol(changed);
    Expect.same("the protocol", changed, transport.protocol());
  }

  /** Sets a protocol that is of neither kind. */
  @Rule("11.32")
  @Hint("Check the kind in `setProtocol`, before anything is changed.")
  void aProtocolOfAnotherKindIsRefused() {
    Link link = network.connect(protocol);
    BaseProtocol stranger = new BaseProtocol() {};

    network.perform(() -> {
      IllegalArgumentException ignored =
          Expect.thrown(
              IllegalArgumentException.class,
              "setProtocol of neither a Protocol nor a BufferedProtocol",
              () -> link.transport().setProtocol(stranger));
      Expect.same("the protocol", protocol, link.transport().protocol());
    });
  }

  /** Lends a buffer with a position and a limit of its own. */
  @Rule("11.33")
  @Hint("Read between position and limit, and restore both.")
  void dataGoesBetweenPositionAndLimitOfALentBuffer() {
    ByteBuffer lent = ByteBuffer.wrap("[........]".getBytes(US_ASCII)).position(1).limit(9);
    LendingProbe lender =
        new LendingProbe(lent) {
          @Override
          public void bufferUpdated(int byteCount) {
            Expect.equal("the position of the lent buffer", 1, lent.position());
            Expect.equal("the limit of the lent buffer", 9, lent.limit());
            super.bufferUpdated(byteCount);
          }
        };
    Link link = network.connect(lender);

    link.peer().send("more than fits");

    fixture.patience().until("all data must arrive", () -> lender.receivedCount() >= 14);
    Expect.equal("what arrives", "more than fits", lender.received());
    String around = "" + (char) lent.get(0) + (char) lent.array()[9];
    Expect.equal("the bytes around", "[]", around);
  }

  /** Parks in {@code dataReceived} while more data comes. */
  @Rule("11.34")
  @Hint(
      "Read nothing for a connection whose protocol has not returned, and do not overwrite the"
          + " buffer that it is using.")
  void dataStaysInOrderWhileACallbackIsParked() {
    if (fixture.context().coroutines() != CoroutineMode.CARRIER) {
      throw fixture.notApplicable("a callback that blocks holds the loop on the handoff engine");
    }
    CountDownLatch parked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ProbeProtocol parking =
        new ProbeProtocol() {
          @Override
          public void dataReceived(ByteBuffer data) {
            if (parked.getCount() > 0) {
              parked.countDown();
              fixture.patience().await("the rule must continue", release);
            }
            super.dataReceived(data);
          }
        };
    ProbeProtocol other = new ProbeProtocol();
    Link link = network.connect(parking);
    Link neighbour = network.connect(other);

    link.peer().send("first ");
    fixture.patience().await("the protocol must be called", parked);
    link.peer().send("second");
    neighbour.peer().send("of another peer");
    fixture.patience().until("the loop must continue", () -> other.receivedCount() == 15);
    network.settle(3);
    parking.expectCalls("connectionMade");
    release.countDown();

    fixture.patience().until("all data must arrive", () -> parking.receivedCount() == 12);
    Expect.equal("the data", "first second", parking.received());
  }

  /** Reads a context variable in every callback of a connection. */
  @Rule("11.35")
  @Hint("Run all of them in the context of the request, or a copy of it.")
  void callbacksRunInTheContextOfTheConnection() {
    Set<String> seen = new ConcurrentSkipListSet<>();
    COLOUR.set("red");
    Link link =
        network.connect(
            new Witness(
                protocol, event -> seen.add(event + " " + COLOUR.value().orElse("nothing"))));
    COLOUR.set("green");
    exerciseAll(link);

    Expect.equal(
        "what the callbacks see",
        Set.of(
            "connectionMade red",
            "dataReceived red",
            "eofReceived red",
            "pauseWriting red",
            "resumeWriting red",
            "connectionLost red"),
        Set.copyOf(seen));
  }

  /** Reads the current task in every callback, while tasks start and end. */
  @Rule("11.36")
  @Hint("Call protocols in callbacks of the loop, not in tasks.")
  void noTaskIsCurrentInCallbacks() {
    Set<String> seen = new ConcurrentSkipListSet<>();
    EventLoop loop = fixture.loop();
    Link link =
        network.connect(
            new Witness(protocol, event -> seen.add(event + " " + loop.currentTask().isPresent())));
    exerciseAll(link);

    Expect.equal(
        "in which callbacks a task is current",
        Set.of(
            "connectionMade false",
            "dataReceived false",
            "eofReceived false",
            "pauseWriting false",
            "resumeWriting false",
            "connectionLost false"),
        Set.copyOf(seen));
  }

  private void exerciseAll(Link link) {
    link.peer().send("data");
    fixture
        .patience()
        .until("the data of the peer must arrive", () -> protocol.receivedCount() == 4);
    int written =
        network.call(() -> {
          long bytes = Flood.fill(link.transport());
          link.transport().setWriteBufferLimits(WriteBufferLimits.ofHigh(0));
          return Math.toIntExact(bytes);
        });
    byte[] ignored = link.peer().receive(written);
    fixture
        .patience()
        .until("writing must resume", () -> protocol.trace().count("resumeWriting") > 0);
    link.peer().sendEof();
    fixture.patience().await("connectionLost must be called", protocol.lost());
  }

  private interface Look {
    boolean at(String event);
  }

  /** Inspects its environment in each callback. */
  private record Witness(ProbeProtocol protocol, Look look) implements Protocol {

    @Override
    public void connectionMade(Transport transport) {
      boolean ignored = look.at("connectionMade");
      protocol.connectionMade(transport);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      boolean ignored = look.at("dataReceived");
      protocol.dataReceived(data);
    }

    @Override
    public boolean eofReceived() {
      boolean ignored = look.at("eofReceived");
      return protocol.eofReceived();
    }

    @Override
    public void pauseWriting() {
      boolean ignored = look.at("pauseWriting");
      protocol.pauseWriting();
    }

    @Override
    public void resumeWriting() {
      boolean ignored = look.at("resumeWriting");
      protocol.resumeWriting();
    }

    @Override
    public void connectionLost(@Nullable Throwable exception) {
      boolean ignored = look.at("connectionLost");
      protocol.connectionLost(exception);
    }
  }
}
