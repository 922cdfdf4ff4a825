// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.ingest;

import org.jspecify.annotations.NullMarked;
