package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.*;
import org.asyncio4j.spi.readiness.DriverProvider;
import org.asyncio4j.tck.kit.RuleId;

/**
 * One defect, while it is described. A defect is a script, which is given each loop that is opened,
 * or each future, task, connection… of a loop, and decorates some of its methods. What the script
 * remembers lasts as long as what it was given.
 */
public final class Defect {

  private final RuleId rule;
  private final String what;
  private final Set<RuleId> also;
  private Optional<EventLoopProvider> provider = Optional.empty();
  private Optional<Set<Capability>> declared = Optional.empty();
  private Optional<Set<Capability>> able = Optional.empty();
  private DriverProvider driver = Loops.NIO;
  private UnaryOperator<LoopContext> engine = UnaryOperator.identity();

  Defect(String rules, String what) {
    String[] named = rules.split(" also |, ");
    this.rule = RuleId.of(named[0]);
    this.also =
        Stream.of(named)
            .skip(1)
            .map(it -> RuleId.of(rule.chapter() + it))
            .collect(Collectors.toSet());
    this.what = what;
  }

  Mutant mutant() {
    EventLoopProvider loops =
        provider.orElseThrow(() -> new IllegalStateException("no loop is defined for " + what));
    return new Mutant(rule, also, what, loops);
  }

  // What is known of it.

  /** Uses the driver that has Unix datagrams. */
  public Defect onEpoll() {
    driver = Loops.EPOLL;
    return this;
  }

  /** Changes the capabilities that the provider and its loops declare. */
  public Defect able(Set<Capability> capabilities) {
    able = Optional.of(Set.copyOf(capabilities));
    return declaring(capabilities);
  }

  /** Changes the capabilities that the provider declares, but not those of its loops. */
  public Defect declaring(Set<Capability> capabilities) {
    declared = Optional.of(Set.copyOf(capabilities));
    return this;
  }

  /** Uses the engine in which a body that blocks holds its loop. */
  public Defect onHandoff() {
    engine = context -> context.withCoroutines(CoroutineMode.HANDOFF);
    return this;
  }

  // What is wrong.

  /** Decorates the methods of a loop. */
  public void loop(Consumer<MutantLoop> script) {
    DriverProvider chosen = driver;
    UnaryOperator<LoopContext> adapted = engine;
    Optional<Set<Capability>> capabilities = able;
    opens(context -> MutantLoop.open(adapted.apply(context), chosen, capabilities, script));
  }

  /** Changes how loops are opened. */
  public void opens(Function<LoopContext, EventLoop> opener) {
    provider(new Loops(driver, declared, opener));
  }

  /** Uses another provider. */
  public void provider(EventLoopProvider changed) {
    provider = Optional.of(changed);
  }

  /** Decorates the methods of each future that {@code createFuture} makes. */
  public void futures(Consumer<MutantFuture<Object>> script) {
    loop(loop -> loop.futures(script));
  }

  /** Decorates the methods of each task. */
  public void tasks(Consumer<MutantTask<Object>> script) {
    loop(loop -> loop.tasks(script));
  }

  /** Decorates the methods of each connection and of its protocol. */
  public void connections(Consumer<ConnectionSeams> script) {
    loop(loop -> loop.connections(script));
  }

  /** Decorates the methods of each connection of a server, and of its protocol, without TLS. */
  public void servedConnections(Consumer<ConnectionSeams> script) {
    connections(it -> {
      if (it.isServed()) {
        script.accept(it);
      }
    });
  }

  /** Decorates the methods of each connection that speaks TLS, and of its protocol. */
  public void tlsConnections(Consumer<ConnectionSeams> script) {
    loop(loop -> loop.tlsConnections(script));
  }

  /** Decorates the methods of each endpoint of datagrams and of its protocol. */
  public void endpoints(Consumer<EndpointSeams> script) {
    loop(loop -> loop.endpoints(script));
  }

  /** Decorates the methods of each server that {@code createServer} returns. */
  public void servers(Consumer<ServerSeams> script) {
    loop(loop -> loop.servers(script));
  }

  /** Decorates the methods of each stream socket for direct use. */
  public void sockets(Consumer<SocketSeams> script) {
    loop(loop -> loop.sockets(script));
  }

  /** Decorates the methods of each listening socket for direct use. */
  public void listeners(Consumer<ListenerSeams> script) {
    loop(loop -> loop.listeners(script));
  }

  /** Decorates the methods of each socket of datagrams for direct use. */
  public void datagramSockets(Consumer<DatagramSocketSeams> script) {
    loop(loop -> loop.datagramSockets(script));
  }
}
