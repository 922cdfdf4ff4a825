// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.nines.telemetry.Signal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FinderTest {

  private static final int DRAWS = 200_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111", "4012888888881881", "4222222222222", "5555555555554444",
        "5105105105105100", "2223003122003222", "378282246310005", "371449635398431",
        "6011111111111117", "6011000990139424", "30569309025904", "38520000023237",
        "3530111333300000", "3566002020360505", "6200000000000005", "6304000000000000"
      })
  void numbersThatNetworksPublishForTestsAreCards(String number) {
    assertThat(CardNumber.is(number.getBytes(UTF_8), 0, number.length())).isTrue();
    assertThat(CardNumber.is(Long.parseLong(number))).isTrue();
    for (int i = 0; i < number.length(); i++) { // Luhn finds each wrong digit
      char other = (char) ('0' + (number.charAt(i) - '0' + 1) % 10);
      String wrong = number.substring(0, i) + other + number.substring(i + 1);
      assertThat(CardNumber.is(wrong.getBytes(UTF_8), 0, wrong.length())).as(wrong).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(4111111111111111)|4111111111111111",
        "card=4111111111111111;cvv=123|4111111111111111",
        "card4111111111111111|4111111111111111",
        "漢4111 1111 1111 1111字|4111 1111 1111 1111",
        "4111-1111-1111-1111, please|4111-1111-1111-1111",
        "4111111111111111 123|4111111111111111",
        "4111 1111 1111 1111 12/29|4111 1111 1111 1111",
        "Amex 3782-822463-10005.|3782-822463-10005",
        "12 4111111111111111 5555555555554444|4111111111111111,5555555555554444",
        "4111111111111111-5555555555554444|4111111111111111,5555555555554444",
        "+4111111111111111|4111111111111111",
        "acc4111111111111111x|4111111111111111",
        "%B4111111111111111^DOE/JOHN^2512101|4111111111111111", // a magnetic stripe
        "4111111111111111D2512201000000000000F|4111111111111111", // a chip
        "next=%2Fpay%3Fpan%3D4111111111111111%26cvv|4111111111111111"
      })
  void cardsAreFoundBetweenWhateverIsNoDigit(String text, String cards) {
    assertThat(find(Kind.CARD, text)).containsExactly(cards.split(","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "41111111111111112", // one digit more
        "94111111111111111",
        "4111111111111112", // Luhn
        "4111  1111 1111 1111", // two spaces
        "411 1111 1111 1111 11", // no group of four first
        "4111 11 11 1111 1111",
        "0.4111111111111111",
        "4111111111111111.5",
        "+411111111111116", // an international phone number has at most 15 digits
        "abc4111111111111111",
        "4111111111111111beef",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "00-41111111111111114111111111111111-4111111111111111-01",
        "12345678-4111-1111-1111-111111111111",
        "1764173559123456789", // nanoseconds since 1970
        "1764173559123"
      })
  void whatIsPartOfAnotherThingIsNoCard(String text) {
    assertThat(find(Kind.CARD, text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<ann@example.com>,|ann@example.com",
        "mail=ann.b+c@mail.example.co.uk.|ann.b+c@mail.example.co.uk",
        "jürgen@example.de|jürgen@example.de",
        "用户@例子.公司|用户@例子.公司",
        "https://ann@example.com/x|ann@example.com"
      })
  void emailsAreFound(String text, String email) {
    assertThat(find(Kind.EMAIL, text)).containsExactly(email);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann@localhost", "@example.com", "a @b.com", "a@.com", "a@b.c", "a@b.1"})
  void whatHasNoDomainIsNoEmail(String text) {
    assertThat(find(Kind.EMAIL, text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1:8080|10.0.0.1",
        "host:192.168.1.255.|192.168.1.255",
        "[2001:db8::1]:443|2001:db8::1",
        "::1|::1",
        "fe80::1%eth0|fe80::1",
        "from 1:2:3:4:5:6:7:8: refused|1:2:3:4:5:6:7:8",
        "::ffff:10.0.0.1|::ffff:10.0.0.1"
      })
  void addressesAreFound(String text, String address) {
    assertThat(find(Kind.IP, text)).containsExactly(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.3",
        "1.2.3.4.5",
        "v1.2.3.4",
        "256.1.1.1",
        "12:34:56",
        "aa:bb:cc:dd:ee:ff",
        "::",
        "std::vector",
        "abc::def",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        ":::1"
      })
  void whatOnlyLooksSoIsNoAddress(String text) {
    assertThat(find(Kind.IP, text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key=AKIAIOSFODNN7EXAMPLE&x|AKIAIOSFODNN7EXAMPLE",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789|ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "xoxb-1234567890-abcdef|xoxb-1234567890-abcdef",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc!|sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "jwt:eyJhbGciOi.eyJzdWIiOi.sig-_ |eyJhbGciOi.eyJzdWIiOi.sig-_",
        "authorization: bearer abcDEF123==|bearer abcDEF123==",
        "-----BEGIN PRIVATE KEY-----abc-----END PRIVATE KEY-----!|-----BEGIN PRIVATE KEY-----abc-----END PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----cut off|-----BEGIN EC PRIVATE KEY-----cut off"
      })
  void tokensAreFound(String text, String token) {
    assertThat(find(Kind.TOKEN, text)).containsExactly(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AKIAIOSFODNN7EXAMPLES",
        "XAKIAIOSFODNN7EXAMPLE",
        "ghp_short",
        "xoxb-1",
        "eyJ.a.b",
        "Bearer token",
        "-----BEGIN CERTIFICATE-----abc-----END CERTIFICATE-----"
      })
  void whatHasNotTheShapeIsNoToken(String text) {
    assertThat(find(Kind.TOKEN, text)).isEmpty();
  }

  /** Decision 27 quotes these shares. */
  @Test
  void randomDigitsAreSeldomTakenForCards() {
    Random random = new Random(27);
    assertThat(share(random, 13)).isBetween(.005, .02);
    assertThat(share(random, 16)).isBetween(.015, .035);
    assertThat(share(random, 19)).isBetween(.005, .025);
    int hex = 0;
    int uuids = 0;
    for (int i = 0; i < DRAWS; i++) {
      String trace = String.format("%016x%016x", random.nextLong(), random.nextLong());
      hex += find(Kind.CARD, trace).size();
      uuids +=
          find(Kind.CARD, new java.util.UUID(random.nextLong(), random.nextLong()).toString())
              .size();
    }
    assertThat(hex).isZero();
    assertThat(uuids).isZero();
  }

  /** Where each hit began anew, 900 KiB of cards in a field that nobody knows took minutes. */
  @Test
  @Timeout(20)
  void fieldsThatNobodyKnowsTakeTimeThatGrowsWithTheirLengthOnly() {
    for (String unit : List.of("4111111111111111", "4000000000000000", "0", "4 ", "4-1-1-1 ")) {
      byte[] text = unit.repeat((4 << 20) / unit.length()).getBytes(UTF_8);
      Span span =
          Span.newBuilder()
              .setTraceId(ByteString.copyFrom(new byte[16]))
              .setUnknownFields(
                  UnknownFieldSet.newBuilder()
                      .addField(
                          900,
                          UnknownFieldSet.Field.newBuilder()
                              .addLengthDelimited(ByteString.copyFrom(text))
                              .build())
                      .build())
              .build();
      byte[] body =
          ExportTraceServiceRequest.newBuilder()
              .addResourceSpans(
                  ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
              .build()
              .toByteArray();
      long[] found = {0};
      Redactor.DEFAULT.redact("t", Signal.TRACES, body, (kind, values) -> found[0] += values);
      assertThat(found[0]).as(unit).isEqualTo(unit.startsWith("41") ? text.length / 16 : 0);
    }
  }

  @Test
  @Timeout(60)
  void hostileTextsTakeTimeThatGrowsWithTheirLengthOnly() {
    for (String unit :
        List.of(
            "@a.", "eyJ-", "-eyJabcde.", "1:", "4111 ", "AIza-", "a@b.", "-----BEGIN ", "xoxb-")) {
      byte[] text = unit.repeat((4 << 20) / unit.length()).getBytes(UTF_8);
      for (Kind kind : EnumSet.allOf(Kind.class)) {
        assertThat(all(kind, text)).as(unit).hasSizeLessThan(text.length);
      }
    }
  }

  private double share(Random random, int digits) {
    int found = 0;
    for (int i = 0; i < DRAWS; i++) {
      StringBuilder text = new StringBuilder().append(1 + random.nextInt(9));
      while (text.length() < digits) {
        text.append(random.nextInt(10));
      }
      found += find(Kind.CARD, text.toString()).size();
    }
    double share = (double) found / DRAWS;
    System.out.printf("random numbers of %d digits taken for cards: %.4f%n", digits, share);
    return share;
  }

  private static List<String> find(Kind kind, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return all(kind, bytes).stream()
        .map(found -> new String(bytes, found.from(), found.to() - found.from(), UTF_8))
        .toList();
  }

  private static List<Finder.Found> all(Kind kind, byte[] bytes) {
    Finder finder = Finder.of(kind);
    List<Finder.Found> all = new ArrayList<>();
    Finder.Found found = finder.find(bytes, 0, 0, bytes.length);
    while (found != null) {
      all.add(found);
      found = finder.find(bytes, 0, found.to(), bytes.length);
    }
    return all;
  }
}
