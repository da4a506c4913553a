/**
 * Faulty connections: a relay between a loop and its peer, by TCP or Unix sockets, that delays,
 * splits, resets or swallows data, following plans that a seed determines. This package does not
 * depend on loops.
 */
@NullMarked
package org.asyncio4j.tck.faults;

import org.jspecify.annotations.NullMarked;
