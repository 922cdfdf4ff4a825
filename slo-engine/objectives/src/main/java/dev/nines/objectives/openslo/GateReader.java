// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Gate;
import dev.nines.objectives.Gate.Burning;
import dev.nines.objectives.Gate.Unmeasured;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a gate: {@code unmeasured=closed spent=0.9 burning=ticket}. */
final class GateReader {

  private static final String RULE = "gate";
  private static final List<String> KEYS = List.of("unmeasured", "spent", "burning");
  private static final Pattern SHARE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,9})?");

  private final YamlValue value;

  private GateReader(YamlValue value) {
    this.value = value;
  }

  /** Empty after at least one complaint. */
  static Optional<Gate> read(YamlValue value) {
    return new GateReader(value).gate();
  }

  private Optional<Gate> gate() {
    int before = value.findings().count();
    AnnotationWords words = new AnnotationWords(value, RULE, KEYS);
    if (words.get("unmeasured").isEmpty() && value.findings().count() == before) {
      value.refuse(
          RULE, "needs unmeasured=open or unmeasured=closed: what it says while nobody knows");
    }
    Optional<Unmeasured> unmeasured = words.one("unmeasured", Unmeasured.class);
    Optional<Burning> burning =
        words.get("burning").isPresent()
            ? words.one("burning", Burning.class)
            : Optional.of(Burning.PAGE);
    Optional<BigDecimal> spent = spent(words.get("spent").orElse("1"));
    if (value.findings().count() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new Gate(spent.orElseThrow(), burning.orElseThrow(), unmeasured.orElseThrow()));
  }

  private Optional<BigDecimal> spent(String word) {
    if (SHARE.matcher(word).matches() && new BigDecimal(word).signum() > 0) {
      return Optional.of(new BigDecimal(word));
    }
    value.refuse(RULE, "spent=" + word + " is no share above 0, such as 0.9");
    return Optional.empty();
  }
}
