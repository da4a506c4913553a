/** Internal; not for use outside asyncio4j. The pacing that races of tasks and addresses share. */
@NullMarked
package org.asyncio4j.internal.race;

import org.jspecify.annotations.NullMarked;
