/** The rules about futures and awaiting. */
@NullMarked
package org.asyncio4j.tck.rules.futures;

import org.jspecify.annotations.NullMarked;
