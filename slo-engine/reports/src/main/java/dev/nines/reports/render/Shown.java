// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports.render;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and times as a customer reads them. */
final class Shown {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter WITH_ZONE =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss zzz", Locale.ENGLISH);
  private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.US);

  private Shown() {}

  static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }

  static String exactTime(Instant instant, ZoneId zone) {
    return WITH_ZONE.format(instant.atZone(zone));
  }

  static String count(long number) {
    return new DecimalFormat("#,##0", SYMBOLS).format(number);
  }

  static String money(BigDecimal amount, String currency) {
    String digits = "0".repeat(amount.scale());
    String pattern = digits.isEmpty() ? "#,##0" : "#,##0." + digits;
    return currency + " " + new DecimalFormat(pattern, SYMBOLS).format(amount);
  }

  /** Without zeros at its end; an absent one is a dash. */
  static String percent(@Nullable BigDecimal percent) {
    if (percent == null) {
      return "–";
    }
    BigDecimal plain = percent.stripTrailingZeros();
    return (plain.scale() < 2 && percent.scale() >= 2 ? plain.setScale(2) : plain).toPlainString()
        + " %";
  }

  static String minutes(int minutes) {
    return count(minutes) + " min";
  }
}
