// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

import dev.nines.objectives.openslo.Findings;
import dev.nines.objectives.openslo.Violation;
import dev.nines.objectives.openslo.YamlDocuments;
import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the file of {@code nines.scrape-configs}. */
public final class ScrapeFile {

  public static final int VALID = 0;
  public static final int INVALID = 1;

  static final int CHARACTERS_MAX = 4 << 20;
  private static final int JOBS_MAX = 200;

  private ScrapeFile() {}

  /**
   * What a file holds.
   *
   * @param jobs meant for use when there are no violations
   */
  public record Parsed(List<Job> jobs, List<Violation> violations) {}

  public static Parsed read(Path file) {
    Findings findings = new Findings(file.toString());
    List<Job> jobs =
        text(file, findings)
            .flatMap(
                text ->
                    YamlDocuments.one(
                        text, CHARACTERS_MAX, findings, document -> jobs(file, document)))
            .orElse(List.of());
    return new Parsed(jobs, findings.violations());
  }

  /**
   * As {@link #read}.
   *
   * @throws IllegalArgumentException with every violation
   */
  public static List<Job> require(Path file) {
    Parsed parsed = read(file);
    if (!parsed.violations().isEmpty()) {
      throw new IllegalArgumentException(
          parsed.violations().stream()
              .map(Violation::toString)
              .collect(Collectors.joining("\n", "nines.scrape-configs:\n", "")));
    }
    return parsed.jobs();
  }

  /**
   * {@code ./nines scrape check FILE}: prints {@code file:line:column path: message} for each
   * violation, and a last line with the count.
   *
   * @return the exit code, {@link #VALID} or {@link #INVALID}
   */
  public static int check(Path file, PrintStream out) {
    Parsed parsed = read(file);
    parsed.violations().forEach(out::println);
    out.println(parsed.jobs().size() + " valid jobs, " + parsed.violations().size() + " errors");
    return parsed.violations().isEmpty() ? VALID : INVALID;
  }

  private static Optional<List<Job>> jobs(Path file, YamlValue document) {
    Set<String> known = new HashSet<>(Unsupported.OF_FILE);
    known.addAll(Set.of("global", "scrape_configs"));
    Optional<YamlMap> fields = document.map(known);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = fields.get();
    Unsupported.refuse(map);
    JobReader reader = new JobReader(file, GlobalReader.of(map.get("global")));
    Optional<YamlValue> list = map.require("scrape_configs");
    List<YamlValue> items = list.flatMap(YamlValue::list).orElse(List.of());
    if (list.isPresent() && items.size() > JOBS_MAX) {
      list.get().refuse("length", "has " + items.size() + " jobs; at most " + JOBS_MAX + " may be");
    }
    List<Job> jobs = new ArrayList<>();
    items.forEach(item -> reader.read(item).ifPresent(jobs::add));
    long targets = jobs.stream().mapToLong(job -> job.targets().size()).sum();
    if (list.isPresent() && targets > Limits.TARGETS_MAX) {
      list.get()
          .refuse(
              "length", "has " + targets + " targets; at most " + Limits.TARGETS_MAX + " may be");
    }
    return Optional.of(List.copyOf(jobs));
  }

  static Optional<String> text(Path file, Findings findings) {
    try {
      if (Files.size(file) <= CHARACTERS_MAX) {
        return Optional.of(Files.readString(file));
      }
      findings.refuse(0, 0, "", "length", "", "has over " + CHARACTERS_MAX + " bytes");
    } catch (MalformedInputException e) {
      findings.refuse(0, 0, "", "syntax", "", "is not UTF-8 text");
    } catch (IOException e) {
      findings.refuse(0, 0, "", "unreadable", "", "cannot be read: " + e);
    }
    return Optional.empty();
  }
}
