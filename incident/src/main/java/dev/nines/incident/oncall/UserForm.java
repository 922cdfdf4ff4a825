// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nines.incident.oncall.User.Contact;
import dev.nines.incident.oncall.User.Reach;
import dev.nines.objectives.request.FieldRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user as a client writes and reads it; the name is in the path. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UserForm(
    @Nullable String name, @Nullable String zone, @Nullable List<@Nullable ContactForm> contacts) {

  private static final int CONTACTS_MAX = 10;
  private static final Duration AFTER_MAX = Duration.ofDays(1);

  /**
   * @param channel name of a channel of the tenant
   * @param afterSeconds absent means at once
   * @param urgency page, ticket or any; absent means any
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ContactForm(
      @Nullable String channel, @Nullable Integer afterSeconds, @Nullable String urgency) {}

  static UserForm of(User user) {
    return new UserForm(
        user.name(),
        user.zone().getId(),
        List.copyOf(user.contacts().stream().map(UserForm::of).toList()));
  }

  User user(FieldRules rules, String path) {
    if (name != null && !name.equals(path)) {
      rules.refuse("name", "conflict", name, "differs from the name in the path");
    }
    List<Contact> read = new ArrayList<>();
    for (ContactForm form : Names.items(rules, "contacts", contacts, 0, CONTACTS_MAX)) {
      read.add(contact(rules, "contacts[" + read.size() + "]", form));
    }
    return new User(Names.name(rules, "name", path), Names.zone(rules, zone), read);
  }

  private static Contact contact(FieldRules rules, String at, ContactForm form) {
    return new Contact(
        Names.name(rules, at + ".channel", form.channel()),
        form.afterSeconds() == null
            ? Duration.ZERO
            : Names.seconds(
                rules, at + ".afterSeconds", form.afterSeconds(), Duration.ZERO, AFTER_MAX),
        form.urgency() == null
            ? Reach.ANY
            : Names.word(rules, at + ".urgency", form.urgency(), Reach.class));
  }

  private static ContactForm of(Contact contact) {
    return new ContactForm(
        contact.channel(),
        Math.toIntExact(contact.after().toSeconds()),
        Names.word(contact.reach()));
  }
}
