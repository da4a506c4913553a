package org.asyncio4j.tck.rules.transports;

import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.OpenDescriptors;
import org.asyncio4j.tck.probe.ProbeProtocol;

/** Chapter 11, part eight: what the system keeps for a connection. */
@Requires(Capability.TCP_CLIENT)
final class DescriptorRules {

  private static final int GENERATIONS = 5;

  private final LoopFixture fixture;
  private final Network network;

  DescriptorRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /**
   * Ends connections while the system holds up what they have to write, and while they have nothing
   * to do, by either side. Does not apply if the system does not report open descriptors.
   */
  @Rule("11.47")
  @Direct("how many descriptors are open, which a relay would have, too")
  @Hint("Close the descriptor when the socket is closed, also if an operation is under way.")
  void aConnectionThatHasEndedReleasesItsDescriptor() {
    network.settle(1);
    OpenDescriptors descriptors = new OpenDescriptors(fixture);

    for (int generation = 0; generation < GENERATIONS; generation++) {
      end(true, link -> network.perform(link.transport()::abort));
      end(true, link -> link.peer().reset());
      end(false, link -> network.perform(link.transport()::abort));
      end(false, link -> link.peer().reset());
    }

    descriptors.expectRelease("connections that have ended");
  }

  private void end(boolean heldUp, Ending ending) {
    ProbeProtocol protocol = new ProbeProtocol();
    Link link = network.connect(protocol);
    Transport transport = link.transport();
    if (heldUp) {
      int _ = Flood.stall(network, transport, (byte) 0);
    }
    ending.end(link);
    fixture.patience().await("connectionLost must be called", protocol.lost());
    link.peer().close();
  }

  private interface Ending {
    void end(Link link);
  }
}
