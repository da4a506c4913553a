/** The rules about connecting. */
@NullMarked
package org.asyncio4j.tck.rules.clients;

import org.jspecify.annotations.NullMarked;
