// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Writes families as both formats want them; knows nothing of how they are read. */
final class Renderer {

  private final Syntax syntax;
  private final Random random;
  private final StringBuilder text = new StringBuilder();

  Renderer(Syntax syntax, Random random) {
    this.syntax = syntax;
    this.random = random;
  }

  String render(List<Family> families) {
    for (Family family : families) {
      head(family);
      family.points().forEach(point -> point(family, point));
    }
    return text + (syntax == Syntax.OPEN_METRICS ? "# EOF\n" : "");
  }

  private void head(Family family) {
    String name = name(family.name());
    if (family.type() != FamilyType.UNKNOWN || random.nextBoolean()) {
      String word = family.type().name().toLowerCase(Locale.ROOT).replace("_", "");
      String type = syntax == Syntax.TEXT && word.equals("unknown") ? "untyped" : word;
      line("# TYPE " + name + " " + type);
    }
    if (!family.unit().isEmpty()) {
      line("# UNIT " + name + " " + family.unit());
    }
    if (!family.help().isEmpty()) {
      String help = family.help().replace("\\", "\\\\").replace("\n", "\\n");
      line("# HELP " + name + " " + (syntax == Syntax.TEXT ? help : help.replace("\"", "\\\"")));
    }
  }

  private void point(Family family, Point point) {
    switch (point) {
      case Point.Number number -> {
        sample(number.name(), number.labels(), "", "", number.value(), number, number.exemplars());
        created(family, number, number.createdNanos());
      }
      case Point.Histogram histogram -> histogram(family, histogram);
      case Point.Summary summary -> {
        for (Point.Quantile quantile : summary.quantiles()) {
          String bound = Double.toString(quantile.quantile());
          sample(
              family.name(),
              summary.labels(),
              "quantile",
              bound,
              quantile.value(),
              point,
              List.of());
        }
        sample(family.name() + "_count", point.labels(), "", "", summary.count(), point, List.of());
        sample(family.name() + "_sum", point.labels(), "", "", summary.sum(), point, List.of());
        created(family, summary, summary.createdNanos());
      }
    }
  }

  private void histogram(Family family, Point.Histogram point) {
    long below = 0;
    for (int i = 0; i < point.counts().size(); i++) {
      below += point.counts().get(i);
      String bound = i < point.bounds().size() ? point.bounds().get(i).toString() : "+Inf";
      List<Exemplar> own =
          i < point.exemplars().size() ? List.of(point.exemplars().get(i)) : List.of();
      sample(family.name() + "_bucket", point.labels(), "le", bound, below, point, own);
    }
    if (point.sum().isPresent()) {
      double sum = point.sum().getAsDouble();
      sample(family.name() + "_sum", point.labels(), "", "", sum, point, List.of());
      sample(family.name() + "_count", point.labels(), "", "", below, point, List.of());
    }
    created(family, point, point.createdNanos());
  }

  private void created(Family family, Point point, long nanos) {
    if (nanos != 0) {
      double seconds = BigDecimal.valueOf(nanos, 9).doubleValue();
      sample(family.name() + "_created", point.labels(), "", "", seconds, point, List.of());
    }
  }

  private void sample(
      String name,
      Labels labels,
      String extra,
      String bound,
      double value,
      Point point,
      List<Exemplar> exemplars) {
    StringBuilder line = new StringBuilder();
    boolean plain = isPlain(name, true);
    StringBuilder inner = new StringBuilder(plain ? "" : name(name));
    labels.forEach((label, text) -> pair(inner, label, text));
    if (!extra.isEmpty()) {
      pair(inner, extra, bound);
    }
    line.append(plain ? name : "");
    if (!inner.isEmpty()) {
      line.append('{').append(inner).append('}');
    }
    line.append(' ').append(number(value));
    if (point.timeNanos() != Point.NO_TIME) {
      line.append(' ').append(time(point.timeNanos()));
    }
    for (Exemplar exemplar : exemplars) {
      StringBuilder pairs = new StringBuilder();
      exemplar.labels().forEach((label, text) -> pair(pairs, label, text));
      line.append(" # {").append(pairs).append("} ").append(number(exemplar.value()));
      if (exemplar.timeNanos() != Point.NO_TIME) {
        line.append(' ').append(time(exemplar.timeNanos()));
      }
    }
    line(line.toString());
  }

  private static void pair(StringBuilder into, String label, String value) {
    into.append(into.isEmpty() ? "" : ",")
        .append(isPlain(label, false) ? label : '"' + escaped(label) + '"')
        .append("=\"")
        .append(escaped(value))
        .append('"');
  }

  private String time(long nanos) {
    return syntax == Syntax.TEXT
        ? Long.toString(nanos / 1_000_000)
        : BigDecimal.valueOf(nanos, 9).toPlainString();
  }

  private static String number(double value) {
    return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
  }

  private static String name(String name) {
    return isPlain(name, true) ? name : '"' + escaped(name) + '"';
  }

  private static boolean isPlain(String name, boolean colons) {
    return name.matches(colons ? "[a-zA-Z_:][a-zA-Z0-9_:]*" : "[a-zA-Z_][a-zA-Z0-9_]*");
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
