// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.sla;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The contract of one service as the demo reads it: a second, simpler reading than the platform's.
 *
 * @param yaml what the platform is given
 * @param errorsAbove share of a minute's events above which it is down
 */
public record Terms(
    String yaml,
    String customer,
    String slo,
    ZoneId zone,
    BigDecimal errorsAbove,
    long minEvents,
    BigDecimal fee,
    List<Tier> tiers,
    BigDecimal capPercent,
    BigDecimal totalCapPercent,
    BigDecimal payableAbove,
    String currency) {

  /**
   * @param below uptime in percent
   * @param credit percent of the fee
   */
  public record Tier(BigDecimal below, BigDecimal credit) {}

  /** What the demo's customer agreed on instead. */
  private static final Map<String, String> STRICTER =
      Map.of(
          "errorsAbove: 0.05", "errorsAbove: 0",
          "minEvents: 2", "minEvents: 1",
          "name: Enterprise checkout", "name: Checkout",
          "slo: checkout-enterprise", "slo: checkout-availability");

  /**
   * The example's contract for a customer who takes a minute with any failed checkout as down. With
   * the example's own rule a bad region among ten does not bring a minute down, and in a short run
   * no enterprise customer need be hit at all: the demo wants a credit for sure.
   */
  public static Terms strict(Path example) throws IOException {
    String yaml = Files.readString(example);
    for (Map.Entry<String, String> change : STRICTER.entrySet()) {
      if (!yaml.contains(change.getKey())) {
        throw new IllegalArgumentException(example + " does not say " + change.getKey());
      }
      yaml = yaml.replace(change.getKey(), change.getValue());
    }
    return of(yaml);
  }

  static Terms of(String yaml) {
    Map<String, Object> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    Map<?, ?> spec = map(root, "spec");
    Map<?, ?> service = list(spec, "services").getFirst();
    Map<?, ?> down = map(service, "down");
    Map<?, ?> credits = map(spec, "credits");
    if (!"minute".equals(service.get("measure")) || !"1".equals(text(down, "minMinutes"))) {
      throw new IllegalArgumentException("the demo counts single minutes only");
    }
    List<Tier> tiers = new ArrayList<>();
    for (Map<?, ?> tier : list(service, "tiers")) {
      tiers.add(new Tier(number(tier, "below"), number(tier, "credit")));
    }
    return new Terms(
        yaml,
        text(map(root, "metadata"), "name"),
        text(service, "slo"),
        ZoneId.of(text(spec, "timeZone")),
        number(down, "errorsAbove"),
        number(down, "minEvents").longValueExact(),
        number(service, "monthlyFee"),
        tiers,
        number(credits, "cap"),
        number(credits, "totalCap"),
        number(credits, "payableAbove"),
        text(credits, "currency"));
  }

  private static Map<?, ?> map(Map<?, ?> map, String key) {
    return map.get(key) instanceof Map<?, ?> found ? found : Map.of();
  }

  private static List<Map<?, ?>> list(Map<?, ?> map, String key) {
    List<Map<?, ?>> found = new ArrayList<>();
    if (map.get(key) instanceof List<?> items) {
      items.forEach(item -> found.add(item instanceof Map<?, ?> entry ? entry : Map.of()));
    }
    return found;
  }

  private static String text(Map<?, ?> map, String key) {
    return String.valueOf(map.get(key));
  }

  private static BigDecimal number(Map<?, ?> map, String key) {
    return new BigDecimal(text(map, key));
  }
}
