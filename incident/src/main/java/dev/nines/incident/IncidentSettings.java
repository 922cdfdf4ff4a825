// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import dev.nines.channels.NetworkRules;
import dev.nines.incident.response.ResponseSettings;
import java.util.function.BiConsumer;

/**
 * @param network where channels may lead
 * @param publicUrl start of the links in pages, without a slash at its end; may be empty
 * @param providers is told of each attempt the kind of provider, and whether it answered
 */
public record IncidentSettings(
    ResponseSettings response,
    NetworkRules network,
    String publicUrl,
    BiConsumer<String, Boolean> providers) {

  public IncidentSettings(ResponseSettings response, NetworkRules network, String publicUrl) {
    this(response, network, publicUrl, (provider, answered) -> {});
  }
}
