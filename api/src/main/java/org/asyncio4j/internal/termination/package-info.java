/** Internal; not for use outside asyncio4j. Handling of SIGTERM. */
@NullMarked
package org.asyncio4j.internal.termination;

import org.jspecify.annotations.NullMarked;
