// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

import dev.nines.objectives.openslo.Findings;
import dev.nines.objectives.openslo.Violation;
import dev.nines.objectives.openslo.YamlDocuments;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets of jobs, with those that stand in files now. A file with a mistake keeps the targets
 * that it had; one that is gone has none. Used by one thread.
 */
public final class FileTargets {

  /** How often files are to be looked at. */
  public static final Duration LOOK = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(FileTargets.class);

  private final List<Job> jobs;
  private final Map<Path, Seen> files = new TreeMap<>();
  private final Map<Path, String> unlisted = new TreeMap<>();

  /** A file as it was read last. */
  private record Seen(Object version, List<TargetGroup> groups, List<Violation> violations) {}

  public FileTargets(List<Job> jobs) {
    this.jobs = List.copyOf(jobs);
  }

  /** Reads what has changed since the last look, and gives all targets. */
  public Set<Target> look() {
    Map<Path, Seen> before = new TreeMap<>(files);
    files.clear();
    unlisted.clear();
    Set<Target> targets = new LinkedHashSet<>();
    for (Job job : jobs) {
      targets.addAll(job.targets());
      for (Path file : matching(job.files(), before.keySet())) {
        Seen seen = files.computeIfAbsent(file, path -> see(path, before.get(path)));
        targets.addAll(job.targets(seen.groups));
      }
    }
    return targets;
  }

  /** What is wrong with files, one line; empty when nothing is. */
  public Optional<String> trouble() {
    return files.values().stream()
        .flatMap(seen -> seen.violations.stream())
        .findFirst()
        .map(Violation::toString)
        .or(() -> unlisted.values().stream().findFirst());
  }

  public int broken() {
    long mistaken = files.values().stream().filter(seen -> !seen.violations.isEmpty()).count();
    return (int) mistaken + unlisted.size();
  }

  /** A folder that is not there has no files; one that cannot be listed has those it had. */
  private Set<Path> matching(List<Path> patterns, Set<Path> known) {
    Set<Path> files = new TreeSet<>();
    for (Path pattern : patterns) {
      Path folder = pattern.toAbsolutePath().getParent();
      if (folder == null) {
        continue;
      }
      String name = String.valueOf(pattern.getFileName());
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name)) {
        found.forEach(files::add);
      } catch (NoSuchFileException | NotDirectoryException e) {
        continue;
      } catch (IOException | DirectoryIteratorException e) {
        unlisted.put(pattern, folder + " cannot be listed: " + e);
        PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + name);
        known.stream()
            .filter(file -> folder.equals(file.getParent()) && matcher.matches(file.getFileName()))
            .forEach(files::add);
      }
    }
    return files;
  }

  private static Seen see(Path file, @Nullable Seen before) {
    Object version = version(file);
    if (before != null && before.version.equals(version)) {
      return before;
    }
    Findings findings = new Findings(file.toString());
    Optional<String> content = ScrapeFile.text(file, findings);
    Optional<List<TargetGroup>> groups =
        content.flatMap(
            text ->
                YamlDocuments.one(
                    yaml(file, text),
                    ScrapeFile.CHARACTERS_MAX,
                    findings,
                    document -> Optional.of(GroupReader.groups(document))));
    if (before == null || !before.violations.equals(findings.violations())) {
      findings.violations().forEach(violation -> LOG.warn("targets not read: {}", violation));
    }
    List<TargetGroup> kept = before == null ? List.of() : before.groups;
    Object read = content.isPresent() ? version : new Object(); // else tried again at each look
    return new Seen(read, groups.orElse(kept), findings.violations());
  }

  /** JSON is YAML but for its tabs, which may only stand between its values. */
  private static String yaml(Path file, String text) {
    return file.toString().endsWith(".json") ? text.replace('\t', ' ') : text;
  }

  private static Object version(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      List<Object> version = new ArrayList<>(List.of(now.lastModifiedTime(), now.size()));
      if (now.fileKey() != null) {
        version.add(now.fileKey());
      }
      return version;
    } catch (IOException e) {
      return e.toString();
    }
  }
}
