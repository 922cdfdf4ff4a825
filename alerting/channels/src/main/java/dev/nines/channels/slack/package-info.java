// SPDX-License-Identifier: Apache-2.0
/** Slack: incoming webhooks, and chat.postMessage with threads. */
@NullMarked
package dev.nines.channels.slack;

import org.jspecify.annotations.NullMarked;
