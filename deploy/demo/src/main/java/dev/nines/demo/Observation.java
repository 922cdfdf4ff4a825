// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.paging.PagerDutyLog;
import dev.nines.demo.stage.Provider;
import dev.nines.demo.truth.Count;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the director saw of the platform from outside.
 *
 * @param storedKeys spans in the store, each once
 * @param storedRows rows in the store
 * @param ledger sums of the ledger by objective and scope
 * @param status counts that the API shows, likewise
 * @param groups counts that the API shows by objective and group, of every objective
 * @param pages everything the webhook received, in order
 * @param complaints what the webhook refused
 * @param pagerDuty everything PagerDuty received
 * @param residual items that accounting cannot place
 * @param inFlight items that accounting still calls in flight
 * @param silentRegion the region whose collector was killed
 * @param silenceSeen the API showed it unmeasured while it was silent
 * @param refusals bad inputs that were not refused as they should be, one line each
 * @param troubles what people could not do, one line each
 * @param changes ids of the changes that the API lists
 */
record Observation(
    Set<String> storedKeys,
    long storedRows,
    Map<String, Map<String, Count>> ledger,
    Map<String, Map<String, Count>> status,
    Map<String, Map<String, Count>> groups,
    List<Provider.Page> pages,
    List<String> complaints,
    PagerDutyLog pagerDuty,
    long residual,
    long inFlight,
    List<Report.Incident> incidents,
    String silentRegion,
    boolean silenceSeen,
    List<String> refusals,
    List<String> troubles,
    Set<String> changes) {}
