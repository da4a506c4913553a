package org.asyncio4j.tck.kit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a rule looks at the very socket that it connects with, so that nothing may lie between:
 * faults in connections are not for this rule.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Direct {

  /** {@return what of the socket the rule looks at} */
  String value();
}
