// SPDX-License-Identifier: Apache-2.0
package dev.nines.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Vectors measured on Alertmanager 0.34. */
class FingerprintTest {

  @Test
  void equalsAlertmanagers() {
    assertThat(of(Map.of())).isEqualTo("cbf29ce484222325");
    assertThat(of(Map.of("foo", "bar"))).isEqualTo("3fff2c2d7595e046");
    assertThat(of(Map.of("alertname", "test"))).isEqualTo("1f56cb8f931d1bd4");
    assertThat(of(Map.of("alertname", "test", "lbl", "v1"))).isEqualTo("d3b2ca3e18defca7");
  }

  private static String of(Map<String, String> labels) {
    return Fingerprint.of(new TreeMap<>(labels));
  }
}
