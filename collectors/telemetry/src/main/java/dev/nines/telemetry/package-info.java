// SPDX-License-Identifier: Apache-2.0
/**
 * Contract: telemetry on Kafka. Topics, the envelope and its headers, how a batch is identified,
 * checked and cut, and a reader of OTLP's wire format that makes no object per span or point.
 */
@NullMarked
package dev.nines.telemetry;

import org.jspecify.annotations.NullMarked;
