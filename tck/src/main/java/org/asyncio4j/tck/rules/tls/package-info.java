/** The rules about TLS. */
@NullMarked
package org.asyncio4j.tck.rules.tls;

import org.jspecify.annotations.NullMarked;
