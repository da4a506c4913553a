package org.asyncio4j.examples.http;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;

/** Fetches several pages at the same time, and prints the outcomes in the order of the pages. */
final class HttpFetch {

  private HttpFetch() {}

  static void main(String[] urls) throws IOException {
    Asyncio.run(() -> {
      try (HttpClient client = HttpClient.create()) {
        List<Task<HttpResponse>> pages =
            Stream.of(urls)
                .map(URI::create)
                .map(url -> Asyncio.createTask(() -> client.get(url)))
                .toList();
        for (int i = 0; i < urls.length; i++) {
          IO.println("%s: %s".formatted(urls[i], pages.get(i).awaitThrowing(IOException.class)));
        }
      }
    });
  }
}
