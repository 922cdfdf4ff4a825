// SPDX-License-Identifier: Apache-2.0
/** How people are reached: one package a channel. */
@NullMarked
package dev.nines.channels;

import org.jspecify.annotations.NullMarked;
