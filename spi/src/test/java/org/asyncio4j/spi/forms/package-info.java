/** Which forms of lambdas and method references compile, and which do not. */
package org.asyncio4j.spi.forms;
