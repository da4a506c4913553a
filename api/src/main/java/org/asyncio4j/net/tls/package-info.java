/**
 * The settings of TLS, and the exceptions of connections that speak it. Options are immutable
 * values, which may be used on any thread.
 */
@NullMarked
package org.asyncio4j.net.tls;

import org.jspecify.annotations.NullMarked;
