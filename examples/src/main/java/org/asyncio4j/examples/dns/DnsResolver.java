package org.asyncio4j.examples.dns;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.options.Resolver;

/**
 * Makes a loop resolve hosts with a {@link DnsClient} instead of the system's resolver.
 *
 * <p>A resolver is called on threads that may block. This one submits the work to the loop, which
 * is not blocked, and waits for the result.
 *
 * @param client the client to use
 * @param loop runs the client; it may be the loop that connects
 */
record DnsResolver(DnsClient client, EventLoop loop) implements Resolver {

  @Override
  public List<InetAddress> resolve(String host) throws IOException {
    if (host.indexOf(':') >= 0) { // a literal address with a scope; servers do not know these
      return List.of(InetAddress.getByName(host));
    }
    CompletableFuture<List<InetAddress>> found =
        Asyncio.runCoroutineThreadsafe(() -> client.lookUp(host), loop);
    try {
      return found.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException known) {
        throw known;
      }
      throw new IOException("cannot resolve '%s'".formatted(host), failed.getCause());
    } catch (CancellationException ended) {
      throw new IOException("cannot resolve '%s': the loop has ended".formatted(host), ended);
    } catch (InterruptedException abandoned) {
      found.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(
          "cannot resolve '%s': the waiting thread was interrupted".formatted(host));
    }
  }
}
