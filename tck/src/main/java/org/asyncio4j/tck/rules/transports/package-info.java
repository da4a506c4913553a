/** The rules about flow control, and the ends of connections. */
@NullMarked
package org.asyncio4j.tck.rules.transports;

import org.jspecify.annotations.NullMarked;
