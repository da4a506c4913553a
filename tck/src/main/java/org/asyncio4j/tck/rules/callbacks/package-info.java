/** The rules about callbacks, handles and timers. */
@NullMarked
package org.asyncio4j.tck.rules.callbacks;

import org.jspecify.annotations.NullMarked;
