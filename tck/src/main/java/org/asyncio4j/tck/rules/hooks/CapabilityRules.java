package org.asyncio4j.tck.rules.hooks;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 7, part four: capabilities that a loop declares, and those that it does not. */
final class CapabilityRules {

  private final LoopFixture fixture;
  private final Network network;
  private final Trace trace = new Trace();
  private final ProbeProtocol protocol = new ProbeProtocol(trace);

  CapabilityRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Uses every capability that the provider declares. */
  @Rule("7.14")
  @Hint("Declare only what the loop can do.")
  void declaredCapabilitiesAreNotRefused() throws IOException {
    var declared = fixture.provider().capabilities();
    if (declared.contains(Capability.TCP_SERVER)) {
      ServerOptions options =
          ServerOptions.on(Network.HOST, 0).withReusePort(declared.contains(Capability.REUSE_PORT));
      Server server = network.serve(() -> protocol, options);
      network.perform(server::close);
    }
    if (declared.contains(Capability.TCP_CLIENT)) {
      ServerSocket peer = network.listen();
      Transport transport = network.connect(peer, protocol);
      Expect.equal(
          "whether a transport can half-close",
          declared.contains(Capability.HALF_CLOSE),
          network.call(transport::canWriteEof));
      if (declared.contains(Capability.HALF_CLOSE)) {
        network.perform(transport::writeEof);
        network.accept(peer).expectClosed("the stream from the loop");
      }
    }
  }

  /**
   * Uses capabilities that the provider does not declare, and checks the hooks. Does not apply to a
   * loop that can connect and serve.
   */
  @Rule("7.15")
  @Hint("Check the capability before anything else.")
  void undeclaredCapabilitiesCallNoHook() {
    var declared = fixture.provider().capabilities();
    if (declared.contains(Capability.TCP_SERVER) && declared.contains(Capability.TCP_CLIENT)) {
      throw fixture.notApplicable("the loop declares that it can connect and serve");
    }
    HookLog hooks = HookLog.of(network.loop());
    EventLoop loop = network.loop();

    if (!declared.contains(Capability.TCP_SERVER)) {
      expectRefusal(
          () -> loop.createServer(() -> protocol, ServerOptions.on(Network.HOST, 0)).close());
    }
    if (!declared.contains(Capability.TCP_CLIENT)) {
      expectRefusal(
          () -> loop.createConnection(() -> protocol, Network.HOST, 9).transport().close());
    }

    Expect.equal("the hooks that were called", List.of(), hooks.names());
  }

  private void expectRefusal(ThrowingRunnable<IOException> operation) {
    UnsupportedOperationException _ =
        network.run(() ->
            Expect.thrown(
                UnsupportedOperationException.class,
                "an operation that the loop does not declare",
                operation));
  }
}
