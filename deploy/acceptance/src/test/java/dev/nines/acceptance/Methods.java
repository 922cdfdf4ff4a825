// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Methods found by the shape of formatted source: a signature at two spaces, closed by its brace.
 */
final class Methods {

  /** A method with the annotation lines above it. */
  record Method(Path file, String name, String annotations, String body, int lines) {}

  private static final Pattern NAME = Pattern.compile("(\\w+)\\(");

  private Methods() {}

  static List<Method> of(Path file) {
    List<String> lines = SourceTree.lines(file);
    List<Method> methods = new ArrayList<>();
    StringBuilder annotations = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int indent = indent(line);
      if (line.strip().startsWith("@") && !line.endsWith("{")) {
        annotations.append(line).append('\n');
      } else if ((indent == 2 || indent == 4) && startsMethod(lines, i, indent)) {
        int end = end(lines, i, indent);
        methods.add(method(file, lines.subList(i, end + 1), annotations.toString()));
        annotations.setLength(0);
        i = indent == 2 ? end : i;
      } else if (!line.isBlank()) {
        annotations.setLength(0);
      }
    }
    return methods;
  }

  private static Method method(Path file, List<String> lines, String annotations) {
    Matcher name = NAME.matcher(lines.getFirst());
    String body = String.join("\n", lines);
    return new Method(file, name.find() ? name.group(1) : "?", annotations, body, lines.size());
  }

  private static boolean startsMethod(List<String> lines, int start, int indent) {
    String line = lines.get(start);
    if (!NAME.matcher(line).find() || line.contains("=") || line.strip().startsWith("*")) {
      return false;
    }
    for (int i = start; i < Math.min(lines.size(), start + 12); i++) {
      String next = lines.get(i);
      if (i > start && !next.isBlank() && indent(next) <= indent) {
        return false;
      }
      if (next.endsWith(";") || next.endsWith("}")) {
        return false;
      }
      if (next.endsWith("{")) {
        return !next.contains("class ") && !next.contains("record ") && !next.contains("enum ");
      }
    }
    return false;
  }

  private static int end(List<String> lines, int start, int indent) {
    String close = " ".repeat(indent) + "}";
    for (int i = start + 1; i < lines.size(); i++) {
      if (lines.get(i).equals(close)) {
        return i;
      }
    }
    return start;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
