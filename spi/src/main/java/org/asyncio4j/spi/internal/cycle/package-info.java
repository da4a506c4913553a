/**
 * The cycle of a loop: its queues, its timers, the tick, the decision whether and how long to poll,
 * and what watches over it: slow callbacks, unretrieved failures, unclosed loops. Knows callbacks
 * and entries, but neither tasks nor the network.
 */
@NullMarked
package org.asyncio4j.spi.internal.cycle;

import org.jspecify.annotations.NullMarked;
