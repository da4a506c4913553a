/** The rules about UDP. */
@NullMarked
package org.asyncio4j.tck.rules.datagrams;

import org.jspecify.annotations.NullMarked;
