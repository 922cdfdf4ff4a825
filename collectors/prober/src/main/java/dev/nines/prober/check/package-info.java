// SPDX-License-Identifier: Apache-2.0
/** One run of one probe against one target, by HTTP or gRPC: what was seen, and the verdict. */
@NullMarked
package dev.nines.prober.check;

import org.jspecify.annotations.NullMarked;
