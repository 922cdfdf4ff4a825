// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.points.MetricTruth;
import dev.nines.demo.stage.PagerDutyProvider;
import dev.nines.demo.stage.Provider;
import dev.nines.demo.truth.DuePage;
import dev.nines.demo.truth.ShopLog;
import dev.nines.demo.truth.Truth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known without the store that the panels ask.
 *
 * @param log the shop's own
 * @param truth what the log means for each objective
 * @param metrics what the shop's points mean for the others
 * @param due pages that the policies call for
 * @param pages what the webhook received
 * @param alerts what PagerDuty received
 * @param incidents answers of {@code GET /api/v1/incidents/{id}}
 * @param slos answer of {@code GET /api/v1/slos}
 * @param accounts answer of {@code GET /api/v1/accounting}
 * @param changes answer of {@code GET /api/v1/changes}
 * @param silentRegion whose collector was killed
 * @param silenceSeen when the API showed it unmeasured; null when it did not
 * @param killed the process of the platform that was killed in the middle
 */
public record Witness(
    ShopLog log,
    Truth truth,
    MetricTruth metrics,
    List<DuePage> due,
    List<Provider.Page> pages,
    List<PagerDutyProvider.Event> alerts,
    List<JsonNode> incidents,
    JsonNode slos,
    JsonNode accounts,
    JsonNode changes,
    String silentRegion,
    @Nullable Instant silenceSeen,
    Optional<String> killed) {}
