/**
 * Interoperation with Guava's futures. For application authors who use Guava; the rest of the
 * module does not need it.
 */
@NullMarked
package org.asyncio4j.guava;

import org.jspecify.annotations.NullMarked;
