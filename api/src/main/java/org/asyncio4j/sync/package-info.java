/**
 * What tasks of one loop use to wait for each other: locks, events, conditions, semaphores,
 * barriers and queues.
 *
 * <p>Application authors enter here. The classes carry the names of asyncio's with {@code Async} in
 * front, so that nobody has to write qualified names beside {@code java.util.concurrent}. Each
 * belongs to the loop of the first task that has to wait for it; none is for threads. Nothing is
 * {@code null} unless marked.
 */
@NullMarked
package org.asyncio4j.sync;

import org.jspecify.annotations.NullMarked;
