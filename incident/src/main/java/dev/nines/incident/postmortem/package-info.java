// SPDX-License-Identifier: Apache-2.0
/** Postmortems as Markdown: computed facts with their queries, apart from human text. */
@NullMarked
package dev.nines.incident.postmortem;

import org.jspecify.annotations.NullMarked;
