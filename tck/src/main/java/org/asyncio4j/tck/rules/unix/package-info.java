/** The rules about Unix sockets. */
@NullMarked
package org.asyncio4j.tck.rules.unix;

import org.jspecify.annotations.NullMarked;
