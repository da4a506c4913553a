package org.asyncio4j.examples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** An answer, all of it. The array of the body belongs to whoever asked. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares responses
record HttpResponse(ResponseHead head, byte[] body) {

  int status() {
    return head.status();
  }

  Optional<String> field(String name) {
    return head.field(name);
  }

  String text() {
    return new String(body, UTF_8);
  }

  @Override
  public String toString() {
    return "%d, %d bytes".formatted(status(), body.length);
  }
}
