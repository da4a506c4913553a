package org.asyncio4j.spi;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Finds the addresses of a host. A literal address is taken at its word, except one with a scope,
 * which only the system understands; a name is looked up on a platform thread of its own, since the
 * system's resolver blocks its thread.
 */
final class AddressResolver {

  private static final Executor LOOKUP_THREADS =
      lookup -> Thread.ofPlatform().daemon(true).name("asyncio4j-resolver").start(lookup);

  private final BlockingOffload offload;

  AddressResolver(BlockingOffload offload) {
    this.offload = offload;
  }

  /** Suspends the current task, unless the host is a literal address. At least one address. */
  List<InetSocketAddress> resolve(String host, int port) throws IOException {
    if (InetAddresses.isInetAddress(host) && host.indexOf('%') < 0) {
      return List.of(new InetSocketAddress(InetAddresses.forString(host), port));
    }
    InetAddress[] found = offload.submit(LOOKUP_THREADS, () -> lookUp(host)).await();
    return Arrays.stream(found).map(address -> new InetSocketAddress(address, port)).toList();
  }

  private static InetAddress[] lookUp(String host) throws UnknownHostException {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException unknown) {
      UnknownHostException clear =
          new UnknownHostException(
              "host %s must be a known name or a literal address but could not be resolved"
                  .formatted(host));
      clear.initCause(unknown);
      throw clear;
    }
  }
}
