// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.suspect;

import dev.nines.incident.paging.RecentChanges;
import dev.nines.incident.postmortem.ChangeShare;
import dev.nines.objectives.canary.Canary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;

/**
 * Whether to take a change back, by the requests that carry its version beside the others of the
 * same time. Advised where most bad requests carry it and it is worse than the others at 95 %
 * (Newcombe's interval of the difference, see {@link Canary}).
 */
record Advice(ChangeShare share, Rollback rollback) {

  /** What is advised. */
  enum Rollback {
    ADVISED,
    NOT_ADVISED,
    /** Every request carries the version, or none does, or they are too few to tell. */
    UNDECIDED
  }

  private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

  static Advice of(ChangeShare share) {
    Rollback rollback =
        switch (canary(share).verdict()) {
          case FAIL -> most(share) ? Rollback.ADVISED : Rollback.NOT_ADVISED;
          case PASS -> Rollback.NOT_ADVISED;
          case UNDECIDED -> Rollback.UNDECIDED;
        };
    return new Advice(share, rollback);
  }

  boolean decided() {
    return rollback != Rollback.UNDECIDED;
  }

  /** Two or three sentences, with the figures. */
  String words(Instant burnedAt) {
    String change = RecentChanges.words(share.change(), burnedAt);
    if (share.change().version().isEmpty()) {
      return "Rollback undecided: " + change + ", names no version to look for.";
    }
    String carried =
        "%s carry %s, and %s of the good ones."
            .formatted(
                of(share.badWith(), share.badTotal(), "bad requests"),
                share.change().version(),
                of(share.goodWith(), share.goodTotal(), ""));
    return "%s: %s. %s %s".formatted(verdict(), change, carried, why());
  }

  private String verdict() {
    return switch (rollback) {
      case ADVISED -> "Rollback advised";
      case NOT_ADVISED -> "Rollback not advised";
      case UNDECIDED -> "Rollback undecided";
    };
  }

  private String why() {
    Canary canary = canary(share);
    if (canary.empty()) {
      return canary.canaryTotal() == 0
          ? "No request carries it."
          : "Every request carries it: there is nothing to compare it with.";
    }
    String beside =
        "%s %% of its requests are bad, of the others %s %%"
            .formatted(
                percent(canary.canaryBad(), canary.canaryTotal()),
                percent(canary.baselineBad(), canary.baselineTotal()));
    return beside
        + switch (canary.verdict()) {
          case FAIL -> most(share) ? "." : ": worse, but most bad requests are of others.";
          case PASS -> ": no worse, at 95 %.";
          case UNDECIDED -> ": at 95 % nothing is shown.";
        };
  }

  private static boolean most(ChangeShare share) {
    return share.badWith() > share.badTotal() - share.badWith();
  }

  private static Canary canary(ChangeShare share) {
    long badOthers = share.badTotal() - share.badWith();
    return new Canary(
        share.badWith(),
        share.badWith() + share.goodWith(),
        badOthers,
        badOthers + share.goodTotal() - share.goodWith(),
        BigDecimal.ZERO);
  }

  private static String of(long part, long all, String what) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d%s (%s %%)",
        part,
        all,
        what.isEmpty() ? "" : " " + what,
        percent(part, all));
  }

  private static String percent(long part, long all) {
    return all == 0
        ? "0"
        : PERCENT
            .multiply(BigDecimal.valueOf(part))
            .divide(BigDecimal.valueOf(all), 1, RoundingMode.HALF_UP)
            .toPlainString();
  }
}
