// SPDX-License-Identifier: Apache-2.0
/** Channels and the pager, which drains lane page and never touches Kafka. */
@NullMarked
package dev.nines.incident.paging;

import org.jspecify.annotations.NullMarked;
