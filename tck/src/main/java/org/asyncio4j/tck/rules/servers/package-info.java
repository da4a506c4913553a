/** The rules about listening and accepting. */
@NullMarked
package org.asyncio4j.tck.rules.servers;

import org.jspecify.annotations.NullMarked;
