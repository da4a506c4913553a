/** Reads the rules from SPEC.md and writes the outcomes: table, Markdown, HTML, JUnit XML. */
@NullMarked
package org.asyncio4j.tck.report;

import org.jspecify.annotations.NullMarked;
