/**
 * How futures of other libraries become futures of a loop, and the reverse. Nobody enters from
 * outside the module.
 */
@NullMarked
package org.asyncio4j.internal.bridge;

import org.jspecify.annotations.NullMarked;
