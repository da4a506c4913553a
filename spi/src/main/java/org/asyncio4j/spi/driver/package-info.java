/**
 * What a driver for non-blocking sockets implements: a {@link org.asyncio4j.spi.driver.Poller} and
 * {@link org.asyncio4j.spi.driver.Sockets}, with their sockets. For authors of drivers; {@link
 * org.asyncio4j.spi.readiness.ReadinessEventLoop} makes a loop of one.
 *
 * <p>Unless a method says otherwise, it is called on the loop's thread or on a thread that stands
 * in for it, one call at a time. Nothing is {@code null} unless marked.
 */
@NullMarked
package org.asyncio4j.spi.driver;

import org.jspecify.annotations.NullMarked;
