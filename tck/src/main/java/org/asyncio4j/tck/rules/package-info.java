/** The chapters of SPEC.md; the rules of each are in a package of their own. */
@NullMarked
package org.asyncio4j.tck.rules;

import org.jspecify.annotations.NullMarked;
