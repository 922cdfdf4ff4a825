// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.nines.objectives.AnchoredRegex;
import dev.nines.objectives.AttributeMatcher;
import dev.nines.objectives.AttributeMatcher.Operator;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The engine selects by matchers what their definition selects: every text, here and there. */
class AttributeMatchersTest extends TableTest {

  private static final Instant END = Records.APPENDED.minusSeconds(60);
  private static final List<String> TEXTS =
      List.of("", "503", "429", "5", "x503", "503\n", "x\ny", "Größe", "GET", "a'b\\c", "$^");
  private static final List<String> REGEXES =
      List.of(
          "",
          ".*",
          ".+",
          "5..|429",
          "(5..|429)",
          "5",
          "x.y",
          "Gr.{2}e",
          "(?i)get",
          "[^5]*",
          "a'b\\\\c",
          "\\$\\^",
          "(?m)^x$.*",
          "(?-s)x.y",
          "\\pL+",
          "\\d{3}",
          "429|503|5",
          "x?503");

  /** Of the span and of its resource; one of each may be missing. */
  private record Texts(Optional<String> own, Optional<String> ofResource) {

    String seen() {
      return own.or(() -> ofResource).orElse("");
    }
  }

  private final List<Texts> stored = new ArrayList<>();
  private SpanEvidence evidence;

  @BeforeAll
  void fill() {
    stored.add(new Texts(Optional.empty(), Optional.empty()));
    for (String text : TEXTS) {
      stored.add(new Texts(Optional.of(text), Optional.empty()));
      stored.add(new Texts(Optional.empty(), Optional.of(text)));
      stored.add(new Texts(Optional.of(text), Optional.of("503")));
    }
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Texts texts : stored) {
      records.add(Records.accepted("acme", "eu", records.size(), span(texts, records.size())));
    }
    store(new SpanMapper(), "spans", records);
    evidence = new SpanEvidence(query);
  }

  @Test
  void everyOperatorSelectsByDefinition() {
    for (String text : TEXTS) {
      selects(new AttributeMatcher("k", Operator.EQUAL, text), text::equals);
      selects(new AttributeMatcher("k", Operator.NOT_EQUAL, text), seen -> !text.equals(seen));
    }
    for (String regex : REGEXES) {
      Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
      for (Texts texts : stored) {
        assertThat(AnchoredRegex.of(regex).test(texts.seen().getBytes(StandardCharsets.UTF_8)))
            .as("%s of %s", regex, texts)
            .isEqualTo(pattern.matcher(texts.seen()).matches());
      }
      selects(
          new AttributeMatcher("k", Operator.MATCH, regex),
          seen -> pattern.matcher(seen).matches());
      selects(
          new AttributeMatcher("k", Operator.NOT_MATCH, regex),
          seen -> !pattern.matcher(seen).matches());
    }
  }

  @Test
  void allOfSeveralMustHold() {
    List<AttributeMatcher> matchers =
        List.of(
            new AttributeMatcher("k", Operator.MATCH, "5.*"),
            new AttributeMatcher("k", Operator.NOT_EQUAL, "5"),
            new AttributeMatcher("absent", Operator.NOT_EQUAL, "x"),
            new AttributeMatcher("service.name", Operator.MATCH, "check.+"));
    assertThat(total(matchers))
        .isEqualTo(
            stored.stream()
                .map(Texts::seen)
                .filter(seen -> seen.startsWith("5") && !seen.equals("5"))
                .count());
  }

  private void selects(AttributeMatcher matcher, Predicate<String> definition) {
    assertThat(total(List.of(matcher)))
        .as(matcher.toString())
        .isEqualTo(stored.stream().map(Texts::seen).filter(definition).count());
  }

  private long total(List<AttributeMatcher> matchers) {
    SpanIndicator indicator =
        new SpanIndicator("checkout", "", "", Map.of(), matchers, new SpanPredicate.StatusError());
    return evidence
        .impact(
            new EvidenceScope(
                "acme", indicator, END.minusSeconds(1), END.plusSeconds(1), SloStatus.GLOBAL))
        .value()
        .total();
  }

  private static ExportTraceServiceRequest span(Texts texts, int number) {
    long end = TimeUnit.MILLISECONDS.toNanos(END.toEpochMilli());
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(ByteString.fromHex("%032x".formatted(0xfeed00 + number)))
            .setSpanId(ByteString.fromHex("00000000000000aa"))
            .setName("pay")
            .setStartTimeUnixNano(end)
            .setEndTimeUnixNano(end);
    texts.own().ifPresent(text -> span.addAttributes(RandomSpans.text("k", text)));
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    var resource = request.addResourceSpansBuilder();
    resource.getResourceBuilder().addAttributes(RandomSpans.text("service.name", "checkout"));
    texts
        .ofResource()
        .ifPresent(
            text -> resource.getResourceBuilder().addAttributes(RandomSpans.text("k", text)));
    resource.addScopeSpansBuilder().addSpans(span);
    return request.build();
  }
}
