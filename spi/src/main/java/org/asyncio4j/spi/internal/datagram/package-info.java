/** Opens the endpoints of datagrams, for Internet and Unix addresses. */
@NullMarked
package org.asyncio4j.spi.internal.datagram;

import org.jspecify.annotations.NullMarked;
