/**
 * A small Redis client: a custom protocol that many tasks share.
 *
 * <p>{@link org.asyncio4j.examples.redis.RedisConnection} is the protocol: it passes commands to
 * the transport, and each reply to the task that sent the command, in order. {@link
 * org.asyncio4j.examples.redis.RedisClient} is the API for programs. {@link
 * org.asyncio4j.examples.redis.RespParser} is independent of connections.
 *
 * <p>{@link org.asyncio4j.examples.redis.RedisDemo} is the program.
 */
@NullMarked
package org.asyncio4j.examples.redis;

import org.jspecify.annotations.NullMarked;
