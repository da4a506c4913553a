/** The programs that one writes first. Each class is one program; none uses another. */
@NullMarked
package org.asyncio4j.examples;

import org.jspecify.annotations.NullMarked;
