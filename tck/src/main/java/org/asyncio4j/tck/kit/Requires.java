package org.asyncio4j.tck.kit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.asyncio4j.spi.Capability;

/**
 * Names the capabilities that a loop needs for a rule, or for all rules of a chapter, to apply. If
 * a loop does not declare the capability, the rule is skipped, and the report says so.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requires {

  /** {@return the capabilities, all of which are needed} */
  Capability[] value();
}
