// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.embedded.StackSettings.ClickHouseUrls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stack around a stand-in for the server, with stores by address: none is started. */
class StackTest {

  @TempDir Path folder;
  private StackSettings settings;

  @BeforeEach
  void settings() throws IOException {
    settings =
        new StackSettings(
            FakeServer.jar(folder),
            folder.resolve("data"),
            Ports.free(),
            List.of(
                new Collector("master", Ports.free(), Ports.free()),
                new Collector("eu", Ports.free(), Ports.free())),
            Optional.of("kafka.example:9092"),
            Optional.of(new ClickHouseUrls("http://ch.example:8123", "http://ro.example:8123")),
            Optional.of("jdbc:postgresql://pg.example/nines"),
            Map.of("nines.lateness", "5s"));
  }

  @Test
  void tellsTheServerWhereEverythingIs() throws Exception {
    try (Stack stack = Stack.start(settings, line -> {})) {
      assertThat(property("nines.roles")).isEqualTo("all");
      assertThat(property("nines.kafka.bootstrap-servers")).isEqualTo("kafka.example:9092");
      assertThat(property("nines.clickhouse.url")).isEqualTo("http://ch.example:8123");
      assertThat(property("nines.postgres.url")).isEqualTo("jdbc:postgresql://pg.example/nines");
      assertThat(property("nines.collectors"))
          .isEqualTo(Collector.property(settings.collectors()))
          .matches("master:\\d+:\\d+,eu:\\d+:\\d+");
      assertThat(property("nines.regions")).isEqualTo("eu,master");
      assertThat(property("nines.lateness")).isEqualTo("5s");
      Path token = Path.of(property("nines.admin-token-file"));
      assertThat(AdminToken.read(token)).matches("nines_[A-Za-z0-9_-]{43}");
      assertThat(mode(token)).isEqualTo("rw-------");
      assertThat(stack.addresses().pids()).containsOnlyKeys("server");
    }
  }

  @Test
  void writesItsAddressesAndForgetsThemWhenItStops() throws Exception {
    try (Stack stack = Stack.start(settings, line -> {})) {
      Addresses written = Addresses.read(settings.data());
      assertThat(written).isEqualTo(stack.addresses());
      assertThat(written.otlpGrpc()).containsOnlyKeys("eu", "master");
      assertThat(written.clickhouseReadOnly()).isEqualTo("http://ro.example:8123");
      assertThat(written.readyMillis()).isPositive();
      assertThat(mode(Addresses.file(settings.data()))).isEqualTo("rw-------");
    }
    assertThat(Addresses.file(settings.data())).doesNotExist();
  }

  @Test
  void aKilledServerComesBackUnderANewProcessId() {
    try (Stack stack = Stack.start(settings, line -> {})) {
      long before = stack.addresses().pids().get("server");
      ProcessHandle.of(before).orElseThrow().destroyForcibly();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .ignoreException(NullPointerException.class)
          .untilAsserted(
              () ->
                  assertThat(Addresses.read(settings.data()).pids().get("server"))
                      .isNotEqualTo(before));
      assertThat(property("nines.roles")).isEqualTo("all");
    }
  }

  @Test
  void theTokenOutlivesARestart() {
    String first;
    try (Stack stack = Stack.start(settings, line -> {})) {
      first = AdminToken.read(Path.of(stack.addresses().adminTokenFile()));
    }
    try (Stack stack = Stack.start(settings, line -> {})) {
      assertThat(AdminToken.read(Path.of(stack.addresses().adminTokenFile()))).isEqualTo(first);
    }
  }

  @Test
  void aTakenPortStopsTheStartAndGivesTheFolderBack() throws Exception {
    int port = settings.collectors().getFirst().grpcPort();
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Stack.start(settings, line -> {}))
          .isInstanceOf(StartFailedException.class)
          .hasMessageStartingWith("port %d (OTLP/gRPC of region master)".formatted(port))
          .hasMessageEndingWith("--otlp-grpc-port");
      assertThat(taken.isBound()).isTrue();
    }
    Stack.start(settings, line -> {}).close();
  }

  @Test
  void aSecondStackInTheFolderIsRefused() {
    try (Stack first = Stack.start(settings, line -> {})) {
      assertThatThrownBy(() -> Stack.start(settings, line -> {}))
          .hasMessageStartingWith("Nines already runs in " + settings.data());
      assertThat(first.addresses().pids()).containsKey("server");
    }
  }

  private String property(String name) {
    URI uri = URI.create("http://127.0.0.1:" + settings.port() + "/property?" + name);
    try (var body = uri.toURL().openStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
