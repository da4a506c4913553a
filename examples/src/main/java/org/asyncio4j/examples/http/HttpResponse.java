package org.asyncio4j.examples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** A complete response. The body's array belongs to the caller. */
@SuppressWarnings("ArrayRecordComponent") // responses are never compared
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
