// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

/**
 * What is measured of each subject.
 *
 * @param bench name of the benchmark
 * @param word for a table
 * @param metric for a report
 * @param goal of ours
 */
record Case(String bench, String word, String metric, Goal goal) {}
