// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.embedded.Addresses;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A channel is no way for a tenant's administrator into the platform itself. */
@ExtendWith(OneUp.class)
class ChannelTargetTest {

  private final Up up;

  ChannelTargetTest(Up up) {
    this.up = up;
  }

  @Test
  void noChannelLeadsToAPortOfThePlatform() {
    Addresses at = Addresses.read(up.data());
    List<String> own =
        List.of(
            at.api(),
            at.otlpGrpc().get("master"),
            at.otlpHttp().get("master"),
            "http://" + at.kafka(),
            at.clickhouse(),
            at.clickhouseReadOnly(),
            at.postgres().replaceFirst("^jdbc:postgresql", "http"));
    for (String address : own) {
      int port = URI.create(address).getPort();
      var answer = put(port);
      assertThat(answer.statusCode()).as(address).isEqualTo(400);
      assertThat(answer.body()).contains("port " + port + " here is one of Nines' own");
    }
    assertThat(put(9).statusCode()).isEqualTo(200);
    assertThat(up.http().send("DELETE", "/api/v1/channels/target", "text/plain", "").statusCode())
        .isBetween(200, 204);
  }

  private HttpResponse<String> put(int port) {
    return up.http()
        .send(
            "PUT",
            "/api/v1/channels/target",
            "application/json",
            "{\"type\":\"webhook\",\"url\":\"http://127.0.0.1:%d/page\",\"secret\":\"12345678\"}"
                .formatted(port));
  }
}
