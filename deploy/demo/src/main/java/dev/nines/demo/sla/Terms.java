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

  private static final String USUAL =
      "        errorsAbove: 0.05\n        minEvents: 2\n        minMinutes: 1\n";
  private static final String STRICT =
      "        errorsAbove: 0\n        minEvents: 1\n        minMinutes: 1\n";

  /**
   * The example's contract for a customer who takes a minute with any failure as down: a shop of
   * ten regions with one bad one fails less than 5 % of a minute, and the demo wants a credit.
   */
  public static Terms strict(Path example) throws IOException {
    String yaml = Files.readString(example);
    if (!yaml.contains(USUAL)) {
      throw new IllegalArgumentException(example + " has no rule for a minute that is down");
    }
    return of(yaml.replace(USUAL, STRICT));
  }

  static Terms of(String yaml) {
    Map<String, Object> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    Map<?, ?> spec = map(root.get("spec"));
    Map<?, ?> service = map(((List<?>) spec.get("services")).getFirst());
    Map<?, ?> down = map(service.get("down"));
    Map<?, ?> credits = map(spec.get("credits"));
    if (!"minute".equals(service.get("measure")) || !"1".equals(text(down, "minMinutes"))) {
      throw new IllegalArgumentException("the demo counts single minutes only");
    }
    List<Tier> tiers = new ArrayList<>();
    for (Object tier : (List<?>) service.get("tiers")) {
      tiers.add(new Tier(number(map(tier), "below"), number(map(tier), "credit")));
    }
    return new Terms(
        yaml,
        text(map(root.get("metadata")), "name"),
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

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  private static String text(Map<?, ?> map, String key) {
    return String.valueOf(map.get(key));
  }

  private static BigDecimal number(Map<?, ?> map, String key) {
    return new BigDecimal(text(map, key));
  }
}
