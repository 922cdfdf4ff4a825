// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import java.util.List;
import java.util.SortedMap;

/**
 * One series of a request.
 *
 * @param labels by name; those with an empty value are left out: in Prometheus they are none
 * @param declared {@code MetricType} of remote write 2.0; 0 where nothing is said
 * @param createdMillis when its counters began, by senders of before 2.0-rc.4; 0 for unknown
 */
record TimeSeries(
    SortedMap<String, String> labels,
    int declared,
    long createdMillis,
    List<Sample> samples,
    List<NativeHistogram> histograms,
    List<Exemplar> exemplars) {}
