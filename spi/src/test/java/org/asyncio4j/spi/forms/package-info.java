/** Forms of calls that a program may write and the compiler must accept. */
package org.asyncio4j.spi.forms;
