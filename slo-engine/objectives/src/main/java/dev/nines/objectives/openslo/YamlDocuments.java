// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** A text as YAML documents, within limits. */
public final class YamlDocuments {

  private static final int DEPTH_MAX = 20;

  private YamlDocuments() {}

  /** Reads a text that must hold one document; empty after any complaint. */
  public static <T> Optional<T> one(
      String text, int charactersMax, Findings findings, Function<YamlValue, Optional<T>> reader) {
    List<Node> documents = new ArrayList<>();
    Optional<T> value = Optional.empty();
    if (read(text, charactersMax, findings, documents::add)) {
      if (documents.size() == 1) {
        value = reader.apply(new YamlValue(documents.getFirst(), "", findings));
      } else {
        findings.refuse(
            0, 0, "", "exactly-one", "", "holds " + documents.size() + " documents instead of one");
      }
    }
    return findings.count() == 0 ? value : Optional.empty();
  }

  /**
   * Gives one document after the other, up to where the text is no YAML.
   *
   * @return false after a complaint: the text is too long or is no YAML
   */
  public static boolean read(
      String text, int charactersMax, Findings findings, Consumer<Node> documents) {
    if (text.length() > charactersMax) {
      findings.refuse(0, 0, "", "length", "", "exceeds the limit of " + charactersMax);
      return false;
    }
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(charactersMax);
    options.setNestingDepthLimit(DEPTH_MAX);
    try {
      new Yaml(options).composeAll(new StringReader(text)).forEach(documents);
      return true;
    } catch (MarkedYAMLException e) {
      syntax(e, findings);
    } catch (ReaderException e) {
      int line = (int) text.substring(0, Math.min(e.getPosition(), text.length())).lines().count();
      findings.refuse(Math.max(0, line - 1), 0, "", "syntax", "", "holds a special character");
    } catch (YAMLException e) {
      findings.refuse(0, 0, "", "syntax", "", String.valueOf(e.getMessage()));
    }
    return false;
  }

  private static void syntax(MarkedYAMLException e, Findings findings) {
    Mark mark = e.getProblemMark();
    String context = e.getContext() == null ? "" : " " + e.getContext();
    findings.refuse(
        mark == null ? 0 : mark.getLine(),
        mark == null ? 0 : mark.getColumn(),
        "",
        "syntax",
        "",
        "is no YAML: " + e.getProblem() + context);
  }
}
