/**
 * Where the current context is kept: a seam between {@code Context} and whoever runs tasks. Nobody
 * enters but the {@code spi} module.
 */
@NullMarked
package org.asyncio4j.internal.context;

import org.jspecify.annotations.NullMarked;
