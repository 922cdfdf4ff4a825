// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.benchmarks;

import org.jspecify.annotations.NullMarked;
