package org.asyncio4j.spi.internal.net;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.net.options.NameResolution;

/**
 * Resolves hosts. A literal address is used directly, except one with a scope, which only the
 * system understands. A name is looked up on a dedicated platform thread, since a resolver blocks
 * its thread. A slow lookup delays neither other lookups nor the end of the program.
 */
public final class AddressResolver {

  private final NetworkLoop loop;
  private final BlockingOffload offload;
  private final ExecutorService threads;

  // Set and read by the tasks of the loop.
  private NameResolution defaults = NameResolution.defaults();

  /** Creates a resolver whose threads are named after the loop. */
  public AddressResolver(NetworkLoop loop, BlockingOffload offload, String loopName) {
    this.loop = loop;
    this.offload = offload;
    this.threads =
        Executors.newCachedThreadPool(
            Thread.ofPlatform()
                .daemon(true)
                .name("asyncio4j-" + loopName + "-resolver-", 0)
                .factory());
    loop.forgotten().add(threads::shutdown);
  }

  public NameResolution defaults() {
    return defaults;
  }

  public void setDefaults(NameResolution changed) {
    defaults = changed;
  }

  /** Lets the threads end, without waiting for lookups. */
  public void close() {
    threads.shutdown();
  }

  /** Returns at least one address. Suspends the current task if the address is not resolved. */
  public List<InetSocketAddress> resolve(InetSocketAddress address) throws IOException {
    return address.isUnresolved()
        ? resolve(address.getHostString(), address.getPort(), defaults)
        : List.of(address);
  }

  /**
   * Returns at least one address. Suspends the current task unless the host is a literal address.
   */
  public List<InetSocketAddress> resolve(String host, int port, NameResolution how)
      throws IOException {
    if (InetAddresses.isInetAddress(host) && host.indexOf('%') < 0) {
      return List.of(new InetSocketAddress(InetAddresses.forString(host), port));
    }
    return lookUp(host, how).stream().map(address -> new InetSocketAddress(address, port)).toList();
  }

  private List<InetAddress> lookUp(String host, NameResolution how) throws IOException {
    Promise<List<InetAddress>> found =
        offload.submit(threads, () -> List.copyOf(how.resolver().resolve(host)));
    TimerHandle limit = loop.eventLoop().callLater(how.timeLimit(), () -> expire(found, host, how));
    try {
      List<InetAddress> addresses = found.awaitThrowing(IOException.class);
      if (addresses.isEmpty()) {
        throw new UnknownHostException("no address");
      }
      return addresses;
    } catch (UnknownHostException unknown) {
      UnknownHostException clear = new UnknownHostException("unknown host %s".formatted(host));
      clear.initCause(unknown);
      throw clear;
    } finally {
      limit.cancel();
    }
  }

  private static void expire(Promise<?> found, String host, NameResolution how) {
    found.trySetException(
        new TimeoutException(
            "cannot resolve %s: the resolver did not respond within %s; check the name service, or allow more time"
                .formatted(host, how.timeLimit())));
  }
}
