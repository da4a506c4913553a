package org.asyncio4j.tck.rules;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** The list of all chapters. A new chapter is one line here. */
public final class Chapters {

  private Chapters() {}

  /** {@return the chapters, in the order of their numbers} */
  public static List<Chapter> all() {
    return List.of();
  }
}
