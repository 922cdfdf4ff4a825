// SPDX-License-Identifier: Apache-2.0
/** Counts stored points of metrics as extraction would have counted them, for lines begun later. */
@NullMarked
package dev.nines.archive.past;

import org.jspecify.annotations.NullMarked;
