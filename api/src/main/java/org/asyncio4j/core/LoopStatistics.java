package org.asyncio4j.core;

/**
 * What a loop has to do at one moment, and how often it has turned: {@link EventLoop#statistics()}.
 * For monitoring; asyncio has no counterpart.
 *
 * @param tasks the tasks that are not done
 * @param callbacks the callbacks and steps that are queued for the next tick, those that were
 *     cancelled included; not those that other threads have just passed to the loop
 * @param timers the timers that are neither due nor cancelled
 * @param ticks how many ticks the loop has begun since it was opened
 */
public record LoopStatistics(int tasks, int callbacks, int timers, long ticks) {}
