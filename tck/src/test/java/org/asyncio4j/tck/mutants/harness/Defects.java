package org.asyncio4j.tck.mutants.harness;

import module java.base;

/** The defects that some rules find. */
public abstract class Defects {

  private final List<Defect> defects = new ArrayList<>();
  private final UnaryOperator<Defect> common;

  /** Describes defects that have nothing in common. */
  protected Defects() {
    this(UnaryOperator.identity());
  }

  /** Describes defects that need the same driver or engine. */
  protected Defects(UnaryOperator<Defect> common) {
    this.common = common;
  }

  /**
   * Begins a mutant. What is wrong with it follows.
   *
   * @param rules the rule that must find the defect, and {@code also} those of the same chapter
   *     that it cannot help breaking, such as {@code "2.4 also .6, .31"}
   * @param what what is wrong, in one sentence
   */
  protected final Defect defect(String rules, String what) {
    return defect(rules, what, Turn.always());
  }

  /** Begins a mutant that has its defect at certain times, where its script asks. */
  protected final Defect defect(String rules, String what, Turn turn) {
    Defect defect = common.apply(new Defect(rules, what, turn));
    defects.add(defect);
    return defect;
  }

  public final List<Mutant> mutants() {
    return defects.stream().flatMap(Defect::mutants).toList();
  }
}
