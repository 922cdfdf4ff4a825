// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nines.server.role.ProberPart;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActiveRolesTest {

  private static final int CONVERTER_PRIORITY = 200;

  @TempDir private Path folder;

  @Test
  void allIsWithoutAProberUnlessThereAreProbes() {
    List<Role> others = Arrays.stream(Role.values()).filter(role -> role != Role.PROBER).toList();
    ActiveRoles without = new ActiveRoles(config(Map.of("nines.roles", "all")));
    assertThat(others).allMatch(without::contains);
    assertThat(without.contains(Role.PROBER)).isFalse();
    ActiveRoles with =
        new ActiveRoles(config(Map.of("nines.roles", "all", "nines.probes", "probes.yaml")));
    assertThat(Role.values()).allMatch(with::contains);
  }

  @Test
  void aProberSaysWhatItLacks() throws IOException {
    checkRefusal(Map.of(), "role prober: nines.probes names no file");
    String probes = Files.writeString(folder.resolve("probes.yaml"), "kind: Probe\n").toString();
    checkRefusal(
        Map.of("nines.probes", probes),
        "role prober: nines.prober.region is not set, and this process has no collector");
    checkRefusal(
        Map.of("nines.probes", probes, "nines.prober.region", "eu"),
        "role prober: nines.prober.collector is not set, and this process has no collector");
    checkRefusal(
        Map.of("nines.probes", probes, "nines.collectors", "eu:4317:4318"),
        "nines.probes:\n%s:1:1 apiVersion: is required\n".formatted(probes));
  }

  @Test
  void besideOtherRolesAMistakeEndsNothingButTheProbes() throws IOException {
    Path probes = Files.writeString(folder.resolve("probes.yaml"), "kind: Probe\n");
    NinesConfig config =
        config(
            Map.of(
                "nines.roles", "collector,prober",
                "nines.probes", probes.toString(),
                "nines.collectors", "eu:4317:4318"));
    ProberPart part = part(config);
    part.start();
    assertThat(part.check()).isEmpty();
    assertThat(part.note().orElse(""))
        .startsWith("runs no probes: nines.probes:\n" + probes + ":1:1 apiVersion: is required\n");
    part.close();
  }

  private static ProberPart part(NinesConfig config) {
    return new ProberPart(
        config, new ActiveRoles(config), new Registries(), InstantSource.system());
  }

  private static void checkRefusal(Map<String, String> settings, String message) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("nines.roles", "prober");
    NinesConfig config = config(all);
    assertThat(new ActiveRoles(config).contains(Role.PROBER)).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> part(config))
        .withMessageStartingWith(message);
  }

  private static NinesConfig config(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("nines.data", "data");
    all.put("nines.kafka.bootstrap-servers", "127.0.0.1:9");
    return new SmallRyeConfigBuilder()
        .withMapping(NinesConfig.class)
        .withDefaultValues(all)
        .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
        .build()
        .getConfigMapping(NinesConfig.class);
  }
}
