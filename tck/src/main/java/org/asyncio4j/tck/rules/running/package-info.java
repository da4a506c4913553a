/** The rules about how a loop is found, run and closed. */
@NullMarked
package org.asyncio4j.tck.rules.running;

import org.jspecify.annotations.NullMarked;
