/**
 * What all operations of the network share: the loop as they see it, the resolution of names, the
 * executor for blocking calls, TLS, the files of Unix sockets, and the words for failures.
 */
@NullMarked
package org.asyncio4j.spi.internal.net;

import org.jspecify.annotations.NullMarked;
