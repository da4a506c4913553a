/**
 * Compares servers that speak the protocol of Redis: event loops, virtual threads and Redis itself.
 * {@link org.asyncio4j.benchmarks.redis.RedisComparison} is the program; README.md explains how to
 * run it and how to read its results.
 */
@NullMarked
package org.asyncio4j.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
