/** The rules about which tasks are visible, their steps, and their cancellation. */
@NullMarked
package org.asyncio4j.tck.rules.tasks;

import org.jspecify.annotations.NullMarked;
