// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * Somebody who can be woken.
 *
 * @param contacts the ways to do it, in order
 */
public record User(String name, ZoneId zone, List<Contact> contacts) {

  public User {
    contacts = List.copyOf(contacts);
  }

  /**
   * A notification rule.
   *
   * @param channel name of a channel of the tenant
   * @param after the user's page was ordered; while nobody acknowledged
   */
  public record Contact(String channel, Duration after, Reach reach) {}

  /** What a contact is for. */
  public enum Reach {
    PAGE,
    TICKET,
    ANY
  }

  /** The contacts for one urgency. */
  public List<Contact> contacts(Urgency urgency) {
    return contacts.stream()
        .filter(
            contact ->
                switch (contact.reach()) {
                  case ANY -> true;
                  case PAGE -> urgency == Urgency.PAGE;
                  case TICKET -> urgency == Urgency.TICKET;
                })
        .toList();
  }
}
