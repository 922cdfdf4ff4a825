// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.cli;

import org.jspecify.annotations.NullMarked;
