// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.benchmarks.page;

import org.jspecify.annotations.NullMarked;
