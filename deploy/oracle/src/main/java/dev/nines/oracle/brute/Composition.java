// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle.brute;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a promise is made of others.
 *
 * @param kind {@code weighted}, {@code serial} or {@code parallel}
 * @param weights by name of the other promise
 */
public record Composition(String kind, Map<String, BigDecimal> weights) {

  /**
   * What counted in a window.
   *
   * @param scale of which {@code bad} and {@code total} are multiples
   */
  record Share(BigDecimal bad, BigDecimal total, BigDecimal scale) {

    static Share of(BigInteger bad, BigInteger total, BigInteger scale) {
      return new Share(new BigDecimal(bad), new BigDecimal(total), new BigDecimal(scale));
    }

    private BigDecimal good() {
      return total.subtract(bad);
    }

    private Share and(Share other) {
      return new Share(
          bad.multiply(other.scale).add(other.bad.multiply(scale)),
          total.multiply(other.scale).add(other.total.multiply(scale)),
          scale.multiply(other.scale));
    }
  }

  /** Of one that had events. */
  record Part(String name, Share share) {}

  /** Empty where none had events. */
  Optional<Share> of(List<Part> parts) {
    return parts.isEmpty() ? Optional.empty() : Optional.of(together(parts));
  }

  private Share together(List<Part> parts) {
    if (kind.equals("weighted")) {
      Share all = new Share(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ONE);
      for (Part part : parts) {
        BigDecimal weight = Objects.requireNonNull(weights.get(part.name()));
        Share share = part.share();
        all =
            all.and(
                new Share(
                    share.bad().multiply(weight), share.total().multiply(weight), share.scale()));
      }
      return all;
    }
    BigDecimal product = BigDecimal.ONE;
    BigDecimal total = BigDecimal.ONE;
    for (Part part : parts) {
      boolean serial = kind.equals("serial");
      product = product.multiply(serial ? part.share().good() : part.share().bad());
      total = total.multiply(part.share().total());
    }
    BigDecimal bad = kind.equals("serial") ? total.subtract(product) : product;
    return new Share(bad, total, BigDecimal.ONE);
  }
}
