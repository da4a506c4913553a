/**
 * Interoperation with Guava's futures. Application authors enter, if they have Guava on their path:
 * the rest of the module does without.
 */
@NullMarked
package org.asyncio4j.guava;

import org.jspecify.annotations.NullMarked;
