// SPDX-License-Identifier: Apache-2.0
/**
 * An e-commerce shop of twelve services in ten regions, as a process of its own: the demo's source
 * of traffic and of truth. It knows nothing of the platform but OTLP and one address for deploys;
 * its class path holds no other module of ours, and a test sees to that.
 *
 * <p>Started as {@code java -cp shop.jar:lib/* dev.nines.shop.Shop} with the arguments of {@link
 * dev.nines.shop.Arguments}; it leaves when its standard input ends, or by itself after the last
 * request and the flush.
 *
 * <h2>Files in {@code --log DIR}</h2>
 *
 * All are UTF-8; {@code *.jsonl} hold one JSON object a line. Absent values are left out.
 *
 * <p>{@code script.json}, written before anything is sent (with {@code --plan true} it is all that
 * is written):
 *
 * <pre>
 * {"seed", "script": "default"|"calm"|"deploys", "durationSeconds", "spans", "begin", "end",
 *  "faults": [{"kind", "region", "service", "startMillis", "endMillis", "share",
 *              "version", "previousVersion", "start", "end"}]}
 * </pre>
 *
 * {@code kind} is bad-deploy, latency-regression, region-loss, late-delivery, batch-resend or
 * payment-errors. {@code startMillis} and {@code endMillis} count from {@code begin}; {@code
 * begin}, {@code start} and {@code end} are RFC 3339 and absent until the run begins. A fault hits
 * the requests that <em>end</em> in its stretch. {@code version} and {@code previousVersion} come
 * with bad-deploy.
 *
 * <p>{@code batches.jsonl}, what happened to each batch, in the order in which the shop learned it
 * ({@link dev.nines.shop.delivery.BatchLine}):
 *
 * <pre>
 * {"batch", "region", "event": "sent", "atNanos", "spans", "firstEndNanos", "lastEndNanos"}
 * {"batch", "region", "event": "acknowledged", "atNanos", "spans"}
 * {"batch", "region", "event": "unknown", "atNanos", "spans", "reason"}
 * {"batch", "region", "event": "resent", "atNanos", "spans"}
 * {"batch", "region", "event": "resend-acknowledged", "atNanos", "spans"}
 * {"batch", "region", "event": "resend-unknown", "atNanos", "spans", "reason"}
 * </pre>
 *
 * {@code batch} is the value of the span attribute {@code shop.batch}. Every batch has one {@code
 * sent}, and after a normal stop one {@code acknowledged} or {@code unknown}. {@code atNanos} of an
 * acknowledgement is the instant at which the exporter reported it, of {@code sent} the instant
 * just before the exporter got the batch. Resends are no new spans and change no outcome.
 *
 * <p>{@code spans.jsonl}, one line for each span of each sent batch ({@link
 * dev.nines.shop.delivery.SpanLine}), written before the batch is sent:
 *
 * <pre>
 * {"traceId", "spanId", "parentSpanId", "batch", "region", "service", "version", "name",
 *  "kind": "SERVER"|"CLIENT", "startNanos", "endNanos", "error": bool, "status", "tier",
 *  "customer", "route"}
 * </pre>
 *
 * {@code name} is "METHOD /route" on SERVER spans and "METHOD" on CLIENT spans; {@code error} is
 * the span's status, true exactly when {@code status} (http.response.status_code) is 500 or more;
 * {@code tier} and {@code route} (customer.tier, http.route) are on SERVER spans, {@code customer}
 * (customer.id) on those of an enterprise's journeys.
 *
 * <p>{@code exports.jsonl} and {@code points.jsonl} are the same for metrics ({@link
 * dev.nines.shop.metering.PointLog}): an export has the events of a batch, {@code "export"} and
 * {@code "points"} instead of {@code "batch"} and {@code "spans"}, and each of its points has a
 * line before it is sent:
 *
 * <pre>
 * {"export", "region", "service", "version", "metric", "temporality": "delta"|"cumulative",
 *  "startNanos", "timeNanos", "attributes": {},
 *  "value" | "histogram": {"sum", "bounds", "counts"}
 *          | "exponential": {"sum", "scale", "zeroCount", "offset", "counts"}}
 * </pre>
 *
 * <p>{@code summary.json}, written last ({@link dev.nines.shop.Summary}): seed, script, begin, end,
 * stoppedEarly, requests, the numbers of {@link dev.nines.shop.delivery.Count} and droppedSpans for
 * all regions and under {@code regions} for each, {@code changes} with what became of each post.
 * createdSpans = sentSpans + droppedSpans; sentSpans = acknowledgedSpans + unknownSpans.
 *
 * <h2>Standard output</h2>
 *
 * One JSON object a line: {@code started}, then {@code progress} once a second, then the summary
 * ({@link dev.nines.shop.Console}).
 */
@NullMarked
package dev.nines.shop;

import org.jspecify.annotations.NullMarked;
