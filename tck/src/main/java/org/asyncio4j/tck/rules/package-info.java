/**
 * The rules, in one or more classes per chapter; {@link org.asyncio4j.tck.rules.Chapters} lists
 * them.
 */
@NullMarked
package org.asyncio4j.tck.rules;

import org.jspecify.annotations.NullMarked;
