// SPDX-License-Identifier: Apache-2.0
/** What a provider that is not ours was told, and which promises its log breaks. */
@NullMarked
package dev.nines.demo.paging;

import org.jspecify.annotations.NullMarked;
