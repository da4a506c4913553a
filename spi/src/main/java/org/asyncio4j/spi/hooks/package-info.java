/**
 * The requests of a loop's private hooks, one record for each, and the observer that is notified of
 * their calls.
 *
 * <p>The hooks themselves are methods of {@link org.asyncio4j.spi.BaseEventLoop}; each says what it
 * does with its request. A request is used on the loop's thread. Nothing is {@code null} unless
 * marked.
 */
@NullMarked
package org.asyncio4j.spi.hooks;

import org.jspecify.annotations.NullMarked;
