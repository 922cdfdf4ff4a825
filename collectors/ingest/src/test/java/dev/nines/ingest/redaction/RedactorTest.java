// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.nines.telemetry.BatchCut;
import dev.nines.telemetry.Signal;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactorTest {

  private static final int BODIES = 400;
  private static final String CARD = "4111111111111111";

  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

  @Test
  void everyTextIsCleanedAsTheOracleCleansTheParsedMessage() throws Exception {
    int changed = 0;
    for (int seed = 0; seed < BODIES; seed++) {
      Random random = new Random(seed);
      Set<Kind> kinds = kinds(random);
      RandomMessages messages = new RandomMessages(random, new RandomTexts(random, seed % 3 * 15));
      Signal signal = random.nextBoolean() ? Signal.TRACES : Signal.METRICS;
      byte[] body = messages.fill(request(signal).toBuilder()).toByteArray();

      Message expected = new Oracle(kinds).redact(parse(signal, body));
      byte[] clean = redactor(kinds).redact("acme", signal, body, this::count);

      assertThat(parse(signal, clean)).as("seed %d, %s", seed, kinds).isEqualTo(expected);
      if (expected.equals(parse(signal, body))) {
        assertThat(clean).as("seed %d", seed).isSameAs(body);
      } else {
        changed++;
      }
    }
    assertThat(changed).isBetween(BODIES / 4, BODIES * 9 / 10);
  }

  @Test
  void anUnknownFieldKeepsItsLengthAndLosesItsValues() throws Exception {
    ByteString text = ByteString.copyFromUtf8("paid with 4111-1111-1111-1111 by ann");
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(
                900,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(text)
                    .addVarint(Long.parseLong(CARD))
                    .addFixed64(7)
                    .build())
            .build();
    Span span = Span.newBuilder().setName("pay").setUnknownFields(unknown).build();
    Span clean = span(redact(body(span)));
    UnknownFieldSet.Field field = clean.getUnknownFields().getField(900);
    assertThat(field.getLengthDelimitedList())
        .containsExactly(ByteString.copyFromUtf8("paid with ******************* by ann"));
    assertThat(field.getVarintList()).containsExactly(Long.parseLong(CARD));
    assertThat(field.getFixed64List()).containsExactly(7L);
    assertThat(counts).containsExactly(Map.entry(Kind.CARD, 1));
  }

  @Test
  void idsAreNeverTouched() throws Exception {
    ByteString digits = ByteString.copyFromUtf8(CARD);
    Span span =
        Span.newBuilder()
            .setTraceId(digits)
            .setSpanId(digits)
            .setParentSpanId(digits)
            .addLinks(Span.Link.newBuilder().setTraceId(digits).setSpanId(digits))
            .build();
    byte[] body = body(span);
    assertThat(redact(body)).isSameAs(body);
  }

  @Test
  void aMessageThatNoReaderOfOursFollowsIsMaskedWhereItBreaks() {
    byte[] metric = {0x62, 18, 0x0a, 99}; // metadata whose key runs past its end
    byte[] text = CARD.getBytes(UTF_8);
    byte[] message = new byte[metric.length + text.length];
    System.arraycopy(metric, 0, message, 0, metric.length);
    System.arraycopy(text, 0, message, metric.length, text.length);
    byte[] scope = field(2, message);
    byte[] body = field(1, field(2, scope));
    byte[] clean =
        new Redactor(Treatments.DEFAULT, Map.of(), null)
            .redact("acme", Signal.METRICS, body, this::count);
    assertThat(clean).hasSameSizeAs(body);
    assertThat(new String(clean, UTF_8)).doesNotContain(CARD).contains("*".repeat(16));
  }

  @Test
  void whatWouldOutgrowARecordIsMaskedInstead() {
    String many = "::1 ".repeat(BatchCut.MAX_BYTES / 4 - 100);
    byte[] body = body(Span.newBuilder().setName(many).build());
    byte[] clean = redactor(EnumSet.of(Kind.IP)).redact("acme", Signal.TRACES, body, this::count);
    assertThat(clean).hasSameSizeAs(body);
    assertThat(counts.get(Kind.IP)).isEqualTo(BatchCut.MAX_BYTES / 4 - 100);
    assertThat(new String(clean, UTF_8)).doesNotContain("::1");
  }

  @Test
  void equalValuesStayEqualUnderOneKeyAndOneTenant(@TempDir Path folder) throws Exception {
    Treatments hash = new Treatments(Treatment.HASH, Treatment.HASH, Treatment.OFF, Treatment.OFF);
    RedactionKey key = RedactionKey.in(folder);
    Redactor redactor = new Redactor(hash, Map.of(), key);
    Redactor elsewhere = new Redactor(hash, Map.of(), RedactionKey.in(folder));
    String dashed = name(redactor, "acme", "4111-1111-1111-1111");
    assertThat(dashed).matches("\\[card:[a-p]{16}]");
    assertThat(name(elsewhere, "acme", CARD)).isEqualTo(dashed);
    assertThat(name(redactor, "globex", CARD)).isNotEqualTo(dashed);
    assertThat(name(redactor, "acme", "5555555555554444")).isNotEqualTo(dashed);
    assertThat(name(redactor, "acme", "Ann@Example.com"))
        .isEqualTo(name(redactor, "acme", "ann@example.com"));
    Path other = Files.createDirectory(folder.resolve("other"));
    assertThat(name(new Redactor(hash, Map.of(), RedactionKey.in(other)), "acme", CARD))
        .isNotEqualTo(dashed);
  }

  @Test
  void theKeyIsItsOwnersOnly(@TempDir Path folder) throws Exception {
    RedactionKey.in(folder);
    Path file = folder.resolve(RedactionKey.FILE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> RedactionKey.read(file)).hasMessageContaining("mode 600");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "short");
    assertThatThrownBy(() -> RedactionKey.read(file)).hasMessageContaining("64 hex digits");
  }

  @Test
  void aTenantMayHaveItsOwnTreatments() throws Exception {
    Treatments emails = new Treatments(Treatment.OFF, Treatment.DROP, Treatment.OFF, Treatment.OFF);
    Redactor redactor = new Redactor(Treatments.DEFAULT, Map.of("globex", emails), null);
    String text = CARD + " ann@example.com";
    assertThat(name(redactor, "acme", text)).isEqualTo("[card] ann@example.com");
    assertThat(name(redactor, "globex", text)).isEqualTo(CARD + " [email]");
  }

  private void count(Kind kind, int values) {
    counts.merge(kind, values, Integer::sum);
  }

  private byte[] redact(byte[] body) {
    return Redactor.DEFAULT.redact("acme", Signal.TRACES, body, this::count);
  }

  private String name(Redactor redactor, String tenant, String name) throws Exception {
    byte[] body = body(Span.newBuilder().setName(name).build());
    return span(redactor.redact(tenant, Signal.TRACES, body, this::count)).getName();
  }

  private static Set<Kind> kinds(Random random) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (Kind kind : Kind.values()) {
      if (random.nextBoolean()) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private static Redactor redactor(Set<Kind> kinds) {
    return new Redactor(
        new Treatments(
            drop(kinds, Kind.CARD),
            drop(kinds, Kind.EMAIL),
            drop(kinds, Kind.IP),
            drop(kinds, Kind.TOKEN)),
        Map.of(),
        null);
  }

  private static Treatment drop(Set<Kind> kinds, Kind kind) {
    return kinds.contains(kind) ? Treatment.DROP : Treatment.OFF;
  }

  private static Message request(Signal signal) {
    return signal == Signal.TRACES
        ? ExportTraceServiceRequest.getDefaultInstance()
        : ExportMetricsServiceRequest.getDefaultInstance();
  }

  private static Message parse(Signal signal, byte[] body) throws InvalidProtocolBufferException {
    return request(signal).getParserForType().parseFrom(body);
  }

  private static byte[] body(Span span) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
        .build()
        .toByteArray();
  }

  private static Span span(byte[] body) throws InvalidProtocolBufferException {
    return ExportTraceServiceRequest.parseFrom(body)
        .getResourceSpans(0)
        .getScopeSpans(0)
        .getSpans(0);
  }

  private static byte[] field(int number, byte[] content) {
    byte[] field = new byte[content.length + 2];
    field[0] = (byte) (number << 3 | 2);
    field[1] = (byte) content.length;
    System.arraycopy(content, 0, field, 2, content.length);
    return field;
  }
}
