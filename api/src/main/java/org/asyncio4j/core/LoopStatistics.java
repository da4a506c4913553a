package org.asyncio4j.core;

/**
 * A snapshot of the work of a loop, and its number of ticks: {@link EventLoop#statistics()}. For
 * monitoring; asyncio has no counterpart.
 *
 * @param tasks the number of tasks that are not done
 * @param callbacks the number of callbacks and steps that are queued for the next tick, including
 *     those that were cancelled, but not those that other threads have just passed to the loop
 * @param timers the number of timers that are neither due nor cancelled
 * @param ticks the number of ticks that the loop has begun since it was opened
 */
public record LoopStatistics(int tasks, int callbacks, int timers, long ticks) {}
