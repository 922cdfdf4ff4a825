// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.incident.paging.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example/x",
        "http://127.0.0.1:8080/x",
        "http://localhost/x",
        "http://[::1]:9/x"
      })
  void goodUrls(String url) {
    assertThat(channel(url).problem()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example/x",
        "http://127.0.0.1.evil.example/x",
        "ftp://hooks.example/x",
        "https:///x",
        "/x",
        "https://user@hooks.example/x",
        "https://hooks.example/a b"
      })
  void badUrlsAreNamed(String url) {
    assertThat(channel(url).problem()).get().asString().startsWith("url: ");
  }

  @Test
  void otherFieldsAreNamed() {
    String url = "https://hooks.example/x";
    assertThat(new Channel("t", "A b", "webhook", url, "12345678").problem())
        .get()
        .asString()
        .startsWith("name: ");
    assertThat(new Channel("t", "a", "fax", url, "12345678").problem())
        .get()
        .asString()
        .startsWith("type: ");
    assertThat(new Channel("t", "a", "webhook", url, "short").problem())
        .get()
        .asString()
        .startsWith("secret: ");
  }

  private static Channel channel(String url) {
    return new Channel("t", "oncall", "webhook", url, "12345678");
  }
}
