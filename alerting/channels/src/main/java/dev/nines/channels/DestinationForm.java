// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nines.channels.Destination.Email.Security;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Destinations as JSON: what a client sends, what the table holds, what a client sees. */
public final class DestinationForm {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          Destination.Webhook.TYPE, Set.of("url", "secret"),
          Destination.PagerDuty.TYPE, Set.of("url", "routingKey"),
          Destination.SlackBot.TYPE, Set.of("url", "token", "channel"),
          Destination.Email.TYPE,
              Set.of("host", "port", "security", "user", "password", "from", "to"));

  private static final int SMTP_SUBMISSION = 587;
  private static final int TAIL = 4;

  private DestinationForm() {}

  /** What came of a text. */
  public sealed interface Parsed {
    record Valid(Destination destination) implements Parsed {}

    /** Each a field and its rule. */
    record Invalid(List<String> problems) implements Parsed {}
  }

  /** Reads {@code type} and the fields of that type; refuses all others. */
  public static Parsed read(String json, NetworkRules.Gate gate) {
    ObjectNode body;
    try {
      if (!(MAPPER.readTree(json) instanceof ObjectNode object)) {
        return new Parsed.Invalid(List.of("a JSON object with a type is needed"));
      }
      body = object;
    } catch (JsonProcessingException e) {
      String place =
          "line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      return new Parsed.Invalid(List.of("no JSON at " + place));
    }
    DestinationFields fields = new DestinationFields(body, gate);
    Optional<Destination> destination = destination(fields, known(fields));
    return destination.isPresent() && fields.problems().isEmpty()
        ? new Parsed.Valid(destination.get())
        : new Parsed.Invalid(fields.problems());
  }

  /**
   * Reads what {@link #write} wrote. Where it leads is judged when it is used: rules may have
   * changed meanwhile.
   */
  public static Destination stored(String json) {
    return switch (read(json, new NetworkRules.Gate(true, true, Set.of()))) {
      case Parsed.Valid(Destination destination) -> destination;
      case Parsed.Invalid(List<String> problems) ->
          throw new IllegalStateException("a stored channel is wrong: " + problems);
    };
  }

  /** As the table holds it, with its secrets. */
  public static String write(Destination destination) {
    ObjectNode body = Trees.object().put("type", destination.type());
    switch (destination) {
      case Destination.Webhook(URI url, String secret) ->
          body.put("url", url.toString()).put("secret", secret);
      case Destination.PagerDuty(URI url, String key) ->
          body.put("url", url.toString()).put("routingKey", key);
      case Destination.SlackWebhook(URI url) -> body.put("url", url.toString());
      case Destination.SlackBot(URI url, String token, String channel) ->
          body.put("url", url.toString()).put("token", token).put("channel", channel);
      case Destination.Email email -> {
        email(email).forEach(body::put);
        body.put("password", email.password());
      }
    }
    return Trees.write(body);
  }

  /** As anybody may see it: of a secret at most its last four characters, of one of 32. */
  public static Map<String, String> shown(Destination destination) {
    return switch (destination) {
      case Destination.Webhook(URI url, String secret) -> Map.of("url", url.toString());
      case Destination.PagerDuty(URI url, String key) ->
          Map.of("url", url.toString(), "routingKey", "..." + key.substring(key.length() - TAIL));
      case Destination.SlackWebhook(URI url) ->
          Map.of("url", url.getScheme() + "://" + url.getAuthority() + "/...");
      case Destination.SlackBot(URI url, String token, String channel) ->
          Map.of("url", url.toString(), "channel", channel);
      case Destination.Email email -> email(email);
    };
  }

  private static Map<String, String> email(Destination.Email email) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("host", email.host());
    fields.put("port", Integer.toString(email.port()));
    fields.put("security", email.security().name().toLowerCase(Locale.ROOT));
    fields.put("user", email.user());
    fields.put("from", email.from());
    fields.put("to", email.to());
    return fields;
  }

  private static Optional<Destination> destination(DestinationFields fields, String type) {
    return switch (type) {
      case Destination.Webhook.TYPE ->
          Optional.of(
              new Destination.Webhook(fields.url("url", ""), fields.text("secret", 8, 500)));
      case Destination.PagerDuty.TYPE ->
          Optional.of(
              new Destination.PagerDuty(
                  fields.baseUrl("url", Destination.PagerDuty.DEFAULT_URL),
                  fields.matching(
                      "routingKey",
                      "[A-Za-z0-9]{32}",
                      "the 32 letters and digits of the integration")));
      case Destination.SlackBot.TYPE -> Optional.of(slack(fields));
      case Destination.Email.TYPE -> Optional.of(email(fields));
      default -> Optional.empty();
    };
  }

  private static Destination slack(DestinationFields fields) {
    if (!fields.has("token")) {
      fields.without("channel", "belongs to a token; an incoming webhook has its own");
      return new Destination.SlackWebhook(fields.url("url", ""));
    }
    return new Destination.SlackBot(
        fields.baseUrl("url", Destination.SlackBot.DEFAULT_URL),
        fields.matching("token", "xox[a-z]-[A-Za-z0-9-]{8,250}", "a bot's token, xoxb-..."),
        fields.matching("channel", "[#A-Za-z0-9][\\w.-]{1,79}", "id or name of a Slack channel"));
  }

  private static Destination email(DestinationFields fields) {
    String host = fields.text("host", 1, 253);
    int port = fields.port("port", SMTP_SUBMISSION);
    fields.host("host", host, port);
    Security security = fields.security("security", host);
    String user = fields.optional("user", 320);
    String password = fields.optional("password", 500);
    if (security == Security.NONE && !user.isEmpty()) {
      fields.refuse("user: only with security starttls, a password is not sent in the clear");
    }
    if (user.isEmpty() != password.isEmpty()) {
      fields.refuse("password: user and password come together");
    }
    return new Destination.Email(
        host, port, security, user, password, fields.address("from"), fields.address("to"));
  }

  private static String known(DestinationFields fields) {
    String type = fields.optional("type", 20);
    Set<String> names = FIELDS.get(type);
    if (names == null) {
      fields.refuse("type: webhook, pagerduty, slack or email");
      return type;
    }
    List<String> unknown = new ArrayList<>(fields.names());
    unknown.removeAll(names);
    unknown.remove("type");
    unknown.forEach(
        name ->
            fields.refuse("%s: unknown for %s, which has %s".formatted(name, type, sorted(names))));
    return type;
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }
}
