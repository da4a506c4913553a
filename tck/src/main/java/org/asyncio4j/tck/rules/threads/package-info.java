/** The rules about threads, wake-ups and executors. */
@NullMarked
package org.asyncio4j.tck.rules.threads;

import org.jspecify.annotations.NullMarked;
