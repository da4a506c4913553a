package org.asyncio4j.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only HTTP URLs have an origin. */
final class OriginTest {

  @ParameterizedTest
  @ValueSource(strings = {"ftp://localhost/", "/path", "http:///path", "mailto:a@b"})
  void urlsOfOtherKindsAreRefused(String url) {
    assertThatThrownBy(() -> Origin.of(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(url);
  }

  @Test
  void defaultPortsAreOmitted() {
    assertThat(Origin.of(URI.create("https://Example.org:443/")))
        .hasToString("https://example.org");
    assertThat(Origin.of(URI.create("HTTP://[::1]:8080/")).authority()).isEqualTo("[::1]:8080");
    assertThat(Origin.of(URI.create("http://[::1]:80/")).destination(null).host()).isEqualTo("::1");
  }
}
