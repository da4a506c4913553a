/** Internal; not for use outside asyncio4j. What SIGTERM does to a program. */
@NullMarked
package org.asyncio4j.internal.termination;

import org.jspecify.annotations.NullMarked;
