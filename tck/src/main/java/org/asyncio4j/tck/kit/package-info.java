/**
 * The vocabulary of the kit: annotations that mark a rule and its needs, and what the author of a
 * loop may declare and configure.
 */
@NullMarked
package org.asyncio4j.tck.kit;

import org.jspecify.annotations.NullMarked;
