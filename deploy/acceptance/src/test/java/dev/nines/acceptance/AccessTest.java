// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.demo.stage.RegionalCollectors;
import io.grpc.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who may send telemetry, and how long a token is good. {@link EndpointsTest} has the REST API. */
@ExtendWith(OneUp.class)
class AccessTest {

  private final Up up;

  AccessTest(Up up) {
    this.up = up;
  }

  @Test
  void otlpWithoutTokenIsTenantDefault() {
    Batch http = Batch.of("anonymous by HTTP", 2);
    Batch grpc = Batch.of("anonymous by gRPC", 3);
    assertThat(up.otlp().http(http.body(), Optional.empty()).statusCode()).isEqualTo(200);
    assertThat(up.otlp().grpc(grpc.body(), Optional.empty())).isEqualTo(Status.Code.OK);
    // The administrator's token is of tenant default.
    await().atMost(60, SECONDS).until(() -> up.stored(http) == 2 && up.stored(grpc) == 3);
  }

  @Test
  void aWrongTokenIsRefusedOnLoopbackToo() {
    Batch batch = Batch.of("with a wrong token", 1);
    Optional<String> wrong = Optional.of("nines_wrong");
    assertThat(up.otlp().http(batch.body(), wrong).statusCode()).isEqualTo(401);
    assertThat(up.otlp().grpc(batch.body(), wrong)).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void aTokenWithoutTheRightToWriteIsForbidden() {
    Batch batch = Batch.of("with a token to read", 1);
    Optional<String> reader = Optional.of(up.token("READ"));
    await()
        .atMost(30, SECONDS)
        .until(() -> up.otlp().http(batch.body(), reader).statusCode() == 403);
    assertThat(up.otlp().grpc(batch.body(), reader)).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void aRevokedTokenIsUnknown() {
    HttpResponse<String> made =
        up.http()
            .send(
                "POST",
                "/api/v1/tokens",
                "application/json",
                "{\"name\":\"short-lived\",\"rights\":[\"READ\"]}");
    Http reader = up.http().as(Http.json(made).path("token").asText());
    assertThat(reader.get("/api/v1/slos").statusCode()).isEqualTo(200);
    String id = Http.json(made).path("row").path("id").asText();
    assertThat(
            up.http().send("DELETE", "/api/v1/tokens/" + id, "application/json", "").statusCode())
        .isEqualTo(200);
    assertThat(reader.get("/api/v1/slos").statusCode()).isEqualTo(401);
  }

  @Test
  void livenessAndReadinessArePublic() {
    assertThat(up.http().anonymous().get("/health/live").body()).isEqualTo("UP");
    assertThat(up.http().anonymous().get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void theAdministratorsTokenIsForItsOwnerOnly() throws IOException {
    Path file = up.data().resolve("admin.token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(up.printed()).contains(up.adminToken());
  }

  @Test
  void aRoleOfItsOwnHasNoAnonymousAccess(@TempDir Path folder) throws IOException {
    try (RegionalCollectors remote =
        new RegionalCollectors(Up.HERE, up.platform(), folder, List.of("elsewhere"))) {
      Http http = new Http(remote.health(), Optional.of(up.adminToken()));
      await()
          .ignoreExceptions()
          .atMost(60, SECONDS)
          .until(() -> http.get("/health/ready").statusCode() == 200);
      RegionalCollectors.Ports ports = remote.ports().get("elsewhere");
      Batch batch = Batch.of("to a role of its own", 1);
      try (Otlp otlp = new Otlp(local(ports.http()), local(ports.grpc()))) {
        assertThat(otlp.http(batch.body(), Optional.empty()).statusCode()).isEqualTo(401);
        assertThat(otlp.grpc(batch.body(), Optional.empty()))
            .isEqualTo(Status.Code.UNAUTHENTICATED);
      }
      assertThat(http.get("/metrics").statusCode()).isEqualTo(200);
      assertThat(http.get("/health").statusCode()).isEqualTo(200);
      assertThat(http.anonymous().get("/metrics").statusCode()).isEqualTo(401);
      assertThat(http.get("/api/v1/slos").statusCode()).isEqualTo(404);
    }
  }

  private static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
