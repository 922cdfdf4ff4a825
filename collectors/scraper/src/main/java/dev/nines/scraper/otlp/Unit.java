// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

import java.util.Map;

/** Units of Prometheus, full words, as those of OTLP, which are UCUM's. */
final class Unit {

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("days", "d"),
          Map.entry("hours", "h"),
          Map.entry("minutes", "min"),
          Map.entry("seconds", "s"),
          Map.entry("milliseconds", "ms"),
          Map.entry("microseconds", "us"),
          Map.entry("nanoseconds", "ns"),
          Map.entry("bytes", "By"),
          Map.entry("kibibytes", "KiBy"),
          Map.entry("mebibytes", "MiBy"),
          Map.entry("gibibytes", "GiBy"),
          Map.entry("kilobytes", "kBy"),
          Map.entry("megabytes", "MBy"),
          Map.entry("gigabytes", "GBy"),
          Map.entry("bits", "bit"),
          Map.entry("meters", "m"),
          Map.entry("volts", "V"),
          Map.entry("amperes", "A"),
          Map.entry("joules", "J"),
          Map.entry("watts", "W"),
          Map.entry("grams", "g"),
          Map.entry("celsius", "Cel"),
          Map.entry("hertz", "Hz"),
          Map.entry("percent", "%"),
          Map.entry("ratio", "1"));

  private static final Map<String, String> PER =
      Map.of(
          "second", "s", "minute", "min", "hour", "h", "day", "d", "week", "wk", "month", "mo",
          "year", "a");

  private Unit() {}

  /** What has no word in UCUM stays what it is. */
  static String ofPrometheus(String unit) {
    int per = unit.indexOf("_per_");
    if (per < 0) {
      return WORDS.getOrDefault(unit, unit);
    }
    String below = unit.substring(per + "_per_".length());
    String above = unit.substring(0, per);
    return WORDS.getOrDefault(above, above) + "/" + PER.getOrDefault(below, below);
  }
}
