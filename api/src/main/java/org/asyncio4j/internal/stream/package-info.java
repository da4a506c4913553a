/**
 * How streams work between a transport and the tasks that read and write. Only the front door
 * enters; what users see of it is in {@code org.asyncio4j.stream}.
 */
@NullMarked
package org.asyncio4j.internal.stream;

import org.jspecify.annotations.NullMarked;
