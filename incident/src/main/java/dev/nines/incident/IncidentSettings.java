// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import dev.nines.channels.NetworkRules;
import dev.nines.channels.SendWatch;
import dev.nines.incident.response.ResponseSettings;

/**
 * @param network where channels may lead
 * @param publicUrl start of the links in pages, without a slash at its end; may be empty
 * @param providers sees each attempt to reach somebody
 */
public record IncidentSettings(
    ResponseSettings response, NetworkRules network, String publicUrl, SendWatch providers) {

  public IncidentSettings(ResponseSettings response, NetworkRules network, String publicUrl) {
    this(response, network, publicUrl, SendWatch.NONE);
  }
}
