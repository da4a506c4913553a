/**
 * The settings of connections, servers and endpoints. All are immutable values, which begin with a
 * static factory ({@code ServerOptions.on(host, port)}) and are changed by {@code with} methods;
 * they may be used on any thread.
 *
 * <p>Bad values are rejected at once, with an {@link java.lang.IllegalArgumentException} that names
 * them.
 */
@NullMarked
package org.asyncio4j.net.options;

import org.jspecify.annotations.NullMarked;
