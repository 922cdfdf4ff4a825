// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.telemetry.Signal;

/** A request that was let in, before its body is read. */
record Export(String tenant, Signal signal, Format format) {}
