/** The rules about sockets for direct use, watching, and sending files. */
@NullMarked
package org.asyncio4j.tck.rules.sockets;

import org.jspecify.annotations.NullMarked;
