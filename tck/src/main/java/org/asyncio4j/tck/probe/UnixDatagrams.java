package org.asyncio4j.tck.probe;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.options.UnixDatagramOptions;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints on Unix sockets, all of them of the rule's loop, since the JDK has no such sockets. The
 * loop runs in the background; the fixture closes everything.
 */
public final class UnixDatagrams {

  private static final int MOST = 20_000;
  private static final int LENGTH = 1_000;
  // The system may have room for another one yet, if a receive was under way.
  private static final int QUEUED = 8;
  private static final int STANDSTILL_LOOKS = 50;

  private final LoopFixture fixture;
  private final Datagrams datagrams;
  private final Path directory;

  /**
   * Creates a directory but no endpoint.
   *
   * @param fixture the fixture of the loop
   */
  public UnixDatagrams(LoopFixture fixture) {
    this.fixture = fixture;
    this.datagrams = new Datagrams(fixture);
    this.directory = new UnixNetwork(fixture).path().resolveSibling(".").normalize();
  }

  /** {@return the loop} */
  public EventLoop loop() {
    return fixture.loop();
  }

  /** {@return the loop, running since the first call} */
  public BackgroundLoop running() {
    return datagrams.running();
  }

  /**
   * Returns a file that a socket can be bound to.
   *
   * @param name its name
   * @return the file
   */
  public Path path(String name) {
    return directory.resolve(name);
  }

  /**
   * Returns the address of a file.
   *
   * @param name the name of the file
   * @return its address
   */
  public SocketAddress address(String name) {
    return UnixDomainSocketAddress.of(path(name));
  }

  /**
   * Opens an endpoint, in a task.
   *
   * @param protocol the protocol of the endpoint
   * @param options the options
   * @return the endpoint
   */
  public DatagramTransport open(DatagramProtocol protocol, UnixDatagramOptions options) {
    return running()
        .run(() -> loop().createUnixDatagramEndpoint(() -> protocol, options).transport());
  }

  /**
   * Opens an endpoint that receives at a file.
   *
   * @param protocol the protocol of the endpoint
   * @param name the name of the file
   * @return the endpoint
   */
  public DatagramTransport bound(DatagramProtocol protocol, String name) {
    return open(protocol, UnixDatagramOptions.boundTo(path(name)));
  }

  /**
   * Opens an endpoint without an address that sends to a file.
   *
   * @param protocol the protocol of the endpoint
   * @param name the name of the file
   * @return the endpoint
   */
  public DatagramTransport connected(DatagramProtocol protocol, String name) {
    return open(protocol, UnixDatagramOptions.connectedTo(path(name)));
  }

  /**
   * Calls code on the loop's thread and waits for it.
   *
   * @param action the code
   */
  public void act(ThrowingRunnable<? extends Exception> action) {
    datagrams.act(action);
  }

  /**
   * Sends text from an endpoint.
   *
   * @param text the text
   * @param from the endpoint
   * @param to the receiver; {@code null} for its own remote address
   */
  public void send(String text, DatagramTransport from, @Nullable SocketAddress to) {
    act(() -> from.sendTo(ByteBuffer.wrap(Network.bytes(text)), to));
  }

  /**
   * Waits until a protocol has received a call.
   *
   * @param protocol the protocol
   * @param event the call, as its trace names it
   */
  public void await(DatagramProbe protocol, String event) {
    datagrams.await(protocol, event);
  }

  /**
   * Sends from an endpoint to a receiver that does not read, until the system takes no more and
   * datagrams are queued.
   *
   * @param from the endpoint
   * @param to the receiver; {@code null} for its own remote address
   * @return what was sent, in order
   * @throws RuleViolation if none is queued, although more was sent than a system takes
   */
  public List<String> fill(DatagramTransport from, @Nullable SocketAddress to) {
    List<String> sent = new ArrayList<>();
    int count =
        Standstill.await(
            running(),
            "the system must take no more for a receiver that does not read",
            () -> {
              while (from.writeBufferSize() < QUEUED * LENGTH) {
                if (sent.size() == MOST) {
                  throw new RuleViolation(
                      "datagrams must be queued when a receiver does not read but %d were sent"
                          .formatted(MOST));
                }
                String text = numbered(sent.size());
                sent.add(text);
                from.sendTo(ByteBuffer.wrap(Network.bytes(text)), to);
              }
              return sent.size();
            });
    return sent.subList(0, count);
  }

  /**
   * Waits until the system takes no more datagrams of a task that sends in a loop.
   *
   * @param sent how many it has taken so far
   */
  public void awaitStandstill(AtomicInteger sent) {
    List<Integer> seen = new ArrayList<>(List.of(-1));
    fixture
        .patience()
        .until(
            "the system must stop taking datagrams",
            () -> {
              boolean same = seen.getLast() == sent.get();
              if (!same) {
                seen.clear();
              }
              seen.add(sent.get());
              return sent.get() > 0 && seen.size() > STANDSTILL_LOOKS;
            });
  }

  /**
   * Returns a text that differs from those of other numbers.
   *
   * @param number its number
   * @return the text
   */
  public static String numbered(int number) {
    return "%04d".formatted(number) + "x".repeat(LENGTH - 4);
  }
}
