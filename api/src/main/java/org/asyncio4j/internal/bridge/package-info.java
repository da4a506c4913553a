/**
 * Converts futures of other libraries to futures of a loop, and vice versa. Not used from outside
 * the module.
 */
@NullMarked
package org.asyncio4j.internal.bridge;

import org.jspecify.annotations.NullMarked;
