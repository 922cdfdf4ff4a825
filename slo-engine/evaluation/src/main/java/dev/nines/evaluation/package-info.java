// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.evaluation;

import org.jspecify.annotations.NullMarked;
