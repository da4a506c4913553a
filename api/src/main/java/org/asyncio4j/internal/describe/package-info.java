/** Internal; not for use outside asyncio4j. The names of objects in messages, logs and dumps. */
@NullMarked
package org.asyncio4j.internal.describe;

import org.jspecify.annotations.NullMarked;
