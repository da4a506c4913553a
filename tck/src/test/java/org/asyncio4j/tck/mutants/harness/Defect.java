package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.spi.*;
import org.asyncio4j.spi.readiness.DriverProvider;
import org.asyncio4j.tck.kit.RuleId;

/**
 * One defect, while it is described. A defect is a script, which is given each loop that is opened,
 * or each future, task, connection… of a loop, and decorates some of its methods. What the script
 * remembers lasts as long as what it was given.
 */
public final class Defect {

  private final List<Variant> variants = new ArrayList<>();
  private Function<Turn, EventLoopProvider> provider;
  private Optional<Set<Capability>> declared = Optional.empty();
  private Optional<Set<Capability>> able = Optional.empty();
  private DriverProvider driver = Loops.NIO;
  private UnaryOperator<LoopContext> engine = UnaryOperator.identity();

  Defect(String rules, String what, Turn turn) {
    or(rules, what, turn);
  }

  /** The same defect at other times is another mutant. */
  private record Variant(String rules, String what, Turn turn) {

    Mutant mutant(Function<Turn, EventLoopProvider> provider) {
      String[] named = rules.split(" also |, ");
      RuleId rule = RuleId.of(named[0]);
      Set<RuleId> also =
          Stream.of(named)
              .skip(1)
              .map(it -> RuleId.of(rule.chapter() + it))
              .collect(Collectors.toSet());
      return new Mutant(rule, also, what, provider.apply(turn));
    }
  }

  Stream<Mutant> mutants() {
    return variants.stream().map(it -> it.mutant(provider));
  }

  // What is known of it.

  /** Begins a mutant that has the same defect at other times, for the same rules. */
  public Defect or(String what, Turn turn) {
    return or(variants.getFirst().rules(), what, turn);
  }

  /** Begins a mutant that has the same defect at other times, where its script asks. */
  public Defect or(String rules, String what, Turn turn) {
    variants.add(new Variant(rules, what, turn));
    return this;
  }

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
    provider = turn -> new Loops(driver, declared, context -> open(context, turn.anew(), script));
  }

  private MutantLoop open(LoopContext context, Turn turn, Consumer<MutantLoop> script) {
    Set<Capability> capabilities = able.orElseGet(((EventLoopProvider) driver)::capabilities);
    MutantLoop loop =
        MutantLoop.open(engine.apply(context), Loops.open(driver), capabilities, turn);
    script.accept(loop);
    return loop;
  }

  /** Changes how loops are opened. */
  public void opens(Function<LoopContext, EventLoop> opener) {
    provider(new Loops(driver, declared, opener));
  }

  /** Uses another provider. */
  public void provider(EventLoopProvider changed) {
    provider = _ -> changed;
  }

  /** Decorates the methods of each future that {@code createFuture} makes. */
  public void futures(Consumer<MutantFuture<Object>> script) {
    loop(loop -> loop.futures(script));
  }

  /** Decorates the methods of each task. */
  public void tasks(Consumer<MutantTask<Object>> script) {
    loop(loop -> loop.tasks(script));
  }

  /** Decorates the methods of each task for its own body. */
  public void currentTasks(Consumer<CurrentTaskSeams> script) {
    loop(loop -> loop.currentTasks(script));
  }

  /** Decorates the methods of each coroutine. */
  public void coroutines(Consumer<CoroutineSeams> script) {
    loop(loop -> loop.coroutines(script));
  }

  /** Decorates the methods of the handles of timers. */
  public void timers(Consumer<HandleSeams<TimerHandle>> script) {
    loop(loop -> loop.timers(script));
  }

  /** Decorates the methods of each connection and of its protocol. */
  public void connections(Consumer<ConnectionSeams> script) {
    loop(loop -> loop.connections(script));
  }

  /** Decorates the methods of each connection of a server, and of its protocol, without TLS. */
  public void servedConnections(Consumer<ConnectionSeams> script) {
    loop(loop -> loop.servedConnections(script));
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
