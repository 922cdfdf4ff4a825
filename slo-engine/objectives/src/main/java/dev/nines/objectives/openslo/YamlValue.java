// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A node of a document with its path. Each reading method complains where the node is something
 * else, and then returns nothing.
 */
public record YamlValue(Node node, String path, Findings findings) {

  /** As JSON writes numbers: {@code 010} and {@code 0x8} are none. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?");

  public Optional<YamlMap> map(Set<String> known) {
    return YamlMap.of(this, known, Set.of());
  }

  /**
   * @param leftOut fields that lenient reading leaves out
   */
  Optional<YamlMap> map(Set<String> known, Set<String> leftOut) {
    return YamlMap.of(this, known, leftOut);
  }

  public Optional<YamlMap> anyMap() {
    return YamlMap.of(this, Set.of(), Set.of());
  }

  public Optional<List<YamlValue>> list() {
    if (!(node instanceof SequenceNode sequence)) {
      refuse("list", "must be a list");
      return Optional.empty();
    }
    List<YamlValue> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new YamlValue(item, path + "[" + items.size() + "]", findings));
    }
    return Optional.of(items);
  }

  public Optional<String> text() {
    if (node instanceof ScalarNode scalar && !isNull()) {
      return Optional.of(scalar.getValue());
    }
    refuse("text", "must be a text");
    return Optional.empty();
  }

  public Optional<String> text(int maxLength) {
    Optional<String> text = text();
    if (text.isPresent() && text.get().length() > maxLength) {
      refuse(
          "length", "has " + text.get().length() + " characters; at most " + maxLength + " may be");
      return Optional.empty();
    }
    return text;
  }

  public Optional<String> matching(Pattern pattern, String rule, String message) {
    Optional<String> text = text();
    if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
      refuse(rule, "'" + text.get() + "' " + message);
      return Optional.empty();
    }
    return text;
  }

  /** A name of ours, such as that of an SLO. */
  public Optional<String> label() {
    String name = scalar().toLowerCase(Locale.ROOT).replaceAll("[_. ]+", "-");
    if (name.equals(scalar()) || !Metadata.DNS_LABEL.matcher(name).matches()) {
      return matching(Metadata.DNS_LABEL, "dns-label", Metadata.DNS_LABEL_RULE);
    }
    String wrong = "'" + scalar() + "' " + Metadata.DNS_LABEL_RULE;
    return dialect("dns-label", wrong, "reads " + name) ? Optional.of(name) : Optional.empty();
  }

  public Optional<String> oneOf(List<String> words) {
    Optional<String> text = text();
    if (text.isPresent() && !words.contains(text.get())) {
      refuse("one-of", "'" + text.get() + "' is none of " + String.join(", ", words));
      return Optional.empty();
    }
    return text;
  }

  public Optional<Boolean> bool() {
    String text = node instanceof ScalarNode scalar && plain(scalar) ? scalar.getValue() : "";
    if (!text.equals("true") && !text.equals("false")) {
      refuse("boolean", "must be true or false");
      return Optional.empty();
    }
    return Optional.of(text.equals("true"));
  }

  public Optional<BigDecimal> number() {
    if (node instanceof ScalarNode scalar && !isNull()) {
      boolean number = NUMBER.matcher(scalar.getValue()).matches();
      if (number && plain(scalar)) {
        return Optional.of(new BigDecimal(scalar.getValue()));
      }
      if (number) {
        String wrong = "'" + scalar.getValue() + "' is a text";
        return dialect("quoted-number", wrong, "reads the number")
            ? Optional.of(new BigDecimal(scalar.getValue()))
            : Optional.empty();
      }
      refuse("number", "'" + scalar.getValue() + "' is not a plain decimal number");
    } else {
      refuse("number", "must be a number");
    }
    return Optional.empty();
  }

  /** The same, whose complaints nobody hears. */
  YamlValue silently() {
    return new YamlValue(node, path, findings.empty());
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  public boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  public void refuse(String rule, String message) {
    findings.refuse(line(), column(), path, rule, scalar(), message);
  }

  /** See {@link Findings#dialect}. */
  boolean dialect(String rule, String message, String lenient) {
    return findings.dialect(line(), column(), path, rule, scalar(), message, lenient);
  }

  public void note(String rule, String message) {
    findings.note(line(), column(), path, rule, scalar(), message);
  }

  /**
   * Points into the text of this scalar.
   *
   * @param offset into its value; exact where the text stands on one line and nothing in it is
   *     escaped, else the scalar's start is named
   */
  public void refuseAt(int offset, String rule, String message) {
    findings.refuse(line(), column() + inLine(offset), path, rule, scalar(), message);
  }

  public int line() {
    return node.getStartMark().getLine();
  }

  private int column() {
    return node.getStartMark().getColumn();
  }

  private int inLine(int offset) {
    if (!(node instanceof ScalarNode scalar)) {
      return 0;
    }
    int quotes = plain(scalar) ? 0 : 1;
    int width = node.getEndMark().getColumn() - column();
    boolean unescaped = width == scalar.getValue().length() + 2 * quotes;
    return unescaped && node.getEndMark().getLine() == line() ? offset + quotes : 0;
  }

  /** The text of a scalar, else empty; never complains. */
  String scalar() {
    return node instanceof ScalarNode scalar && !isNull() ? scalar.getValue() : "";
  }

  private static boolean plain(ScalarNode scalar) {
    return scalar.getScalarStyle() == ScalarStyle.PLAIN;
  }
}
