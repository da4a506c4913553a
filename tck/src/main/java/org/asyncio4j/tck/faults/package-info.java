/**
 * Connections that do not behave: a relay between a loop and its peer, by TCP or Unix sockets, that
 * delays, splits, resets or swallows, by plans that a seed decides. Knows nothing of loops.
 */
@NullMarked
package org.asyncio4j.tck.faults;

import org.jspecify.annotations.NullMarked;
