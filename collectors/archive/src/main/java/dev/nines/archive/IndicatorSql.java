// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.AttributeMatcher;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import java.util.stream.Collectors;

/** An indicator as conditions on {@code spans}; the same meaning as extraction gives it. */
public final class IndicatorSql {

  private static final String NUMBER =
      "'^[+-]?([0-9]+\\\\.?[0-9]*|\\\\.[0-9]+)([eE][+-]?[0-9]+)?$'";

  private final Conditions where;

  public IndicatorSql(Conditions where) {
    this.where = where;
  }

  /** Adds what selects the spans of the scope. */
  public void select(EvidenceScope scope) {
    where.add(
        "end >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')",
        "from",
        scope.from().toEpochMilli());
    where.add("end < fromUnixTimestamp64Milli({to:Int64}, 'UTC')", "to", scope.to().toEpochMilli());
    if (!scope.region().equals(SloStatus.GLOBAL)) {
      where.addText("region", scope.region());
    }
    select(scope.tenant(), scope.indicator());
  }

  /** Adds what selects the spans of the indicator, of all time and regions. */
  void select(String tenant, SpanIndicator indicator) {
    where.add("tenant = {tenant:String}", "tenant", tenant);
    where.addText("service", indicator.service());
    where.addText("operation", indicator.operation());
    if (!indicator.kind().isEmpty()) {
      where.add("toString(kind) = {kind:String}", "kind", indicator.kind());
    }
    indicator.attributes().forEach((key, value) -> where.add(equal(key, value)));
    indicator.matchers().forEach(matcher -> where.add(matches(matcher)));
  }

  /** The condition under which a selected span is bad; never null, so that NOT is exact. */
  public String bad(SpanPredicate predicate) {
    return switch (predicate) {
      case SpanPredicate.StatusError _ -> "status = 'error'";
      case SpanPredicate.Slower slower ->
          "duration_nanos > " + where.parameter("Int64", slower.threshold().toNanos());
      case SpanPredicate.Attribute attribute -> compare(attribute);
      case SpanPredicate.AnyOf any ->
          any.predicates().stream().map(this::bad).collect(Collectors.joining(" OR ", "(", ")"));
      case SpanPredicate.AllOf all ->
          all.predicates().stream().map(this::bad).collect(Collectors.joining(" AND ", "(", ")"));
      case SpanPredicate.Not not -> "NOT (" + bad(not.predicate()) + ")";
    };
  }

  /** The displayed text of an attribute; a span's own goes before its resource's. */
  public String value(String key) {
    String name = where.parameter("String", key);
    return "if(mapContains(attributes, %1$s), attributes[%1$s], resource[%1$s])".formatted(name);
  }

  private String equal(String key, String value) {
    return "(%s AND %s = %s)".formatted(has(key), value(key), where.parameter("String", value));
  }

  /** What lacks the attribute has the empty text here: a map gives that for a key it has not. */
  private String matches(AttributeMatcher matcher) {
    String value = value(matcher.key());
    return switch (matcher.operator()) {
      case EQUAL -> value + " = " + where.parameter("String", matcher.value());
      case NOT_EQUAL -> value + " != " + where.parameter("String", matcher.value());
      case MATCH -> "match(%s, %s)".formatted(value, anchored(matcher));
      case NOT_MATCH -> "NOT match(%s, %s)".formatted(value, anchored(matcher));
    };
  }

  /** The same syntax, that of RE2, and the same meaning as AnchoredRegex gives it. */
  private String anchored(AttributeMatcher matcher) {
    return where.parameter("String", "^(?s:" + matcher.value() + ")$");
  }

  private String has(String key) {
    String name = where.parameter("String", key);
    return "(mapContains(attributes, %1$s) OR mapContains(resource, %1$s))".formatted(name);
  }

  private String compare(SpanPredicate.Attribute attribute) {
    String value = value(attribute.key());
    String given = where.parameter("String", attribute.value());
    String condition =
        switch (attribute.comparison()) {
          case EQ -> value + " = " + given;
          case NE -> value + " != " + given;
          case LT -> number(value, "<", given);
          case LE -> number(value, "<=", given);
          case GT -> number(value, ">", given);
          case GE -> number(value, ">=", given);
        };
    return "(" + has(attribute.key()) + " AND " + condition + ")";
  }

  /**
   * Texts that are numbers to extraction, which compares their decimals. Those of more than 15
   * digits that share a double with the other number are taken for equal to it.
   */
  private static String number(String value, String operator, String given) {
    return "(match(trimBoth(%1$s), %2$s) AND match(trimBoth(%4$s), %2$s) AND length(%1$s) <= 40"
            .formatted(value, NUMBER, operator, given)
        + " AND toFloat64OrZero(trimBoth(%1$s)) %3$s toFloat64OrZero(trimBoth(%4$s)))"
            .formatted(value, NUMBER, operator, given);
  }
}
