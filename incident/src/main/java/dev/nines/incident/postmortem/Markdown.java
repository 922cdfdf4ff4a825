// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.postmortem;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A document that grows line by line. Cells are escaped, so that no text breaks its table. */
final class Markdown {

  private final StringBuilder text = new StringBuilder();

  Markdown line(String line) {
    text.append(line).append('\n');
    return this;
  }

  Markdown heading(int level, String title) {
    return line("").line("#".repeat(level) + " " + title).line("");
  }

  Markdown item(String name, String value) {
    return line("- **" + name + ":** " + escape(value));
  }

  Markdown head(String... columns) {
    return row(columns).row(Arrays.stream(columns).map(column -> "---").toArray(String[]::new));
  }

  Markdown row(String... cells) {
    return line(
        Arrays.stream(cells).map(Markdown::escape).collect(Collectors.joining(" | ", "| ", " |")));
  }

  /** The query behind a fact, folded; none where the fact was asked of no table. */
  Markdown query(String query) {
    if (query.isBlank()) {
      return this;
    }
    return line("")
        .line("<details><summary>Query</summary>")
        .line("")
        .line("```sql")
        .line(query.replace("```", "` ` `"))
        .line("```")
        .line("")
        .line("</details>");
  }

  Markdown toWrite(String title, List<String> hints) {
    heading(2, title);
    line("_To be written by people._");
    hints.forEach(hint -> line("").line(hint));
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static String escape(String cell) {
    return cell.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace('\n', ' ')
        .replace('\r', ' ');
  }
}
