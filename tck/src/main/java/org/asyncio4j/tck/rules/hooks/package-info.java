/** The rules about the private hooks, and capabilities. */
@NullMarked
package org.asyncio4j.tck.rules.hooks;

import org.jspecify.annotations.NullMarked;
