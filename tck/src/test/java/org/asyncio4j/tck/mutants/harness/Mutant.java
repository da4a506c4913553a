package org.asyncio4j.tck.mutants.harness;

import java.util.Set;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.RuleId;

/**
 * Correct loops but for one defect.
 *
 * @param rule the rule that the defect breaks
 * @param also rules of the same chapter that the defect cannot help breaking
 * @param defect what is wrong, in one sentence
 * @param provider opens the loops
 */
public record Mutant(RuleId rule, Set<RuleId> also, String defect, EventLoopProvider provider) {

  public String title() {
    return rule + " " + defect;
  }
}
