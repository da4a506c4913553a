/** The rules about locks and queues. */
@NullMarked
package org.asyncio4j.tck.rules.sync;

import org.jspecify.annotations.NullMarked;
