// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.channels.DestinationForm.Parsed;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationFormTest {

  private static final NetworkRules.Gate OPEN = new NetworkRules.Gate(true, false, Set.of(8123));
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'webhook','url':'https://hooks.example/x','secret':'12345678'}",
        "{'type':'webhook','url':'http://127.0.0.1:8080/x','secret':'12345678'}",
        "{'type':'webhook','url':'http://localhost/x','secret':'12345678'}",
        "{'type':'webhook','url':'http://[::1]:9/x','secret':'12345678'}",
        "{'type':'pagerduty','routingKey':'" + KEY + "'}",
        "{'type':'pagerduty','routingKey':'" + KEY + "','url':'https://events.eu.pagerduty.com'}",
        "{'type':'slack','url':'https://hooks.slack.com/services/T/B/x'}",
        "{'type':'slack','token':'xoxb-12345678','channel':'#alerts'}",
        "{'type':'email','host':'smtp.example','from':'n@example.com','to':'a+b@example.com'}",
        "{'type':'email','host':'smtp.example','port':2525,'user':'u','password':'p',"
            + "'from':'n@example.com','to':'ann@example.com'}",
        "{'type':'email','host':'127.0.0.1','port':25,'security':'none',"
            + "'from':'n@example.com','to':'ann@example.com'}"
      })
  void goodOnesSurviveTheTable(String json) {
    Destination destination = valid(json);
    assertThat(valid(DestinationForm.write(destination))).isEqualTo(destination);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"fax\"}                                          | type:",
        "{}                                                         | type:",
        "[]                                                         | a JSON object",
        "{\"type\":                                                 | no JSON at line 1",
        "{\"type\":\"pagerduty\"}                                   | routingKey:",
        "{\"type\":\"pagerduty\",\"routingKey\":\"short\"}          | routingKey:",
        "{\"type\":\"pagerduty\",\"secret\":\"12345678\"}           | secret: unknown for pagerduty",
        "{\"type\":\"slack\",\"url\":\"http://hooks.slack.com/x\"}  | url: https",
        "{\"type\":\"slack\",\"token\":\"bad\",\"channel\":\"#a\"}  | token:",
        "{\"type\":\"slack\",\"channel\":\"#a\"}                    | channel:",
        "{\"type\":\"email\",\"host\":\"h\",\"from\":\"x\"}         | from:",
        "{\"type\":\"email\",\"host\":\"h\",\"security\":\"none\"}  | security:",
        "{\"type\":\"email\",\"host\":\"h\",\"user\":\"u\"}         | password:",
        "{\"type\":\"email\",\"host\":\"169.254.169.254\"}          | host: 169.254.169.254",
        "{\"type\":\"email\",\"host\":\"h\",\"port\":70000}         | port:",
      })
  void badOnesNameTheirFieldAndItsRule(String json, String start) {
    assertThat(problems(json)).contains(start);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example/x",
        "http://127.0.0.1.evil.example/x",
        "ftp://hooks.example/x",
        "https:///x",
        "/x",
        "https://user@hooks.example/x",
        "https://hooks.example/a b",
        "https://10.0.0.1/x",
        "https://[fd00::1]/x",
        "https://169.254.169.254/latest",
        "http://127.0.0.1:8123/",
        "http://localhost:8123/?query=DROP"
      })
  void badUrlsAreNamed(String url) {
    assertThat(
            problems(
                "{'type':'webhook','url':'" + url + "','secret':'12345678'}".replace('\'', '"')))
        .contains("url: ");
  }

  @Test
  void secretsAreNeverShown() {
    for (String json :
        new String[] {
          "{'type':'webhook','url':'https://hooks.example/x','secret':'hush-hush'}",
          "{'type':'pagerduty','routingKey':'hushhushhushhushhushhushhush1234'}",
          "{'type':'slack','url':'https://hooks.slack.com/services/hush'}",
          "{'type':'slack','token':'xoxb-hush-hush','channel':'#alerts'}",
          "{'type':'email','host':'h.example','user':'u','password':'hush',"
              + "'from':'n@example.com','to':'ann@example.com'}"
        }) {
      Destination destination = valid(json);
      assertThat(destination.toString()).doesNotContain("hush");
      assertThat(DestinationForm.shown(destination).toString()).doesNotContain("hush");
    }
  }

  private static Destination valid(String json) {
    return switch (DestinationForm.read(json.replace('\'', '"'), OPEN)) {
      case Parsed.Valid(Destination destination) -> destination;
      case Parsed.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  private static String problems(String json) {
    return switch (DestinationForm.read(json.replace('\'', '"'), OPEN)) {
      case Parsed.Valid(Destination destination) -> throw new AssertionError(destination);
      case Parsed.Invalid(var problems) -> String.join("\n", problems);
    };
  }
}
