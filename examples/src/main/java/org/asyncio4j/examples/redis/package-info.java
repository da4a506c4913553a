/**
 * A small client of Redis: a protocol of one's own that many tasks share.
 *
 * <p>{@link org.asyncio4j.examples.redis.RedisConnection} is the protocol: it hands commands to the
 * transport, and each reply to whoever asked, in order. {@link
 * org.asyncio4j.examples.redis.RedisClient} is what programs use. {@link
 * org.asyncio4j.examples.redis.RespParser} knows nothing of connections.
 *
 * <p>{@link org.asyncio4j.examples.redis.RedisDemo} is the program.
 */
@NullMarked
package org.asyncio4j.examples.redis;

import org.jspecify.annotations.NullMarked;
