// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.graph;

/**
 * One service calls another.
 *
 * @param client empty where the call has no caller that is known
 * @param server for calls to the outside, what the client calls it
 * @param connection {@code service} when both sides are stored, {@code entry} without a parent,
 *     {@code unpaired} where no calling span is stored, {@code outside} where the server is not
 * @param calls that ended in the range
 * @param errors of them, by the server's word, or the client's for calls to the outside
 * @param meanDurationNanos as the server saw it, or the client for calls to the outside
 */
public record ServiceEdge(
    String client,
    String server,
    String connection,
    long calls,
    long errors,
    long meanDurationNanos) {}
