// SPDX-License-Identifier: Apache-2.0
/** TLS at the doors of a collector, with certificates that are read again when they are renewed. */
@NullMarked
package dev.nines.ingest.tls;

import org.jspecify.annotations.NullMarked;
