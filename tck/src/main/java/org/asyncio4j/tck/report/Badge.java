package org.asyncio4j.tck.report;

/** A small picture for the page of a loop, as SVG. */
public final class Badge {

  private static final String LABEL = "asyncio4j";
  private static final int PIXELS_PER_LETTER = 7;
  private static final int MARGIN = 10;

  private Badge() {}

  /**
   * Draws a badge.
   *
   * @param conclusion what it tells
   * @return the picture
   */
  public static String of(Conclusion conclusion) {
    String text =
        switch (conclusion) {
          case CONFORMS -> "conforms";
          case VIOLATES -> "does not conform";
          case NOT_JUDGED -> "not judged";
        };
    String colour =
        switch (conclusion) {
          case CONFORMS -> "#2c7a3f";
          case VIOLATES -> "#b3261e";
          case NOT_JUDGED -> "#6b6b6b";
        };
    int left = LABEL.length() * PIXELS_PER_LETTER + MARGIN;
    int right = text.length() * PIXELS_PER_LETTER + MARGIN;
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" \
    aria-label="%2$s: %3$s">
      <title>%2$s: %3$s</title>
      <rect width="%4$d" height="20" fill="#333333"/>
      <rect x="%4$d" width="%5$d" height="20" fill="%6$s"/>
      <g fill="#ffffff" font-family="Verdana, sans-serif" font-size="11" text-anchor="middle">
        <text x="%7$d" y="14">%2$s</text>
        <text x="%8$d" y="14">%3$s</text>
      </g>
    </svg>
    """
        .formatted(left + right, LABEL, text, left, right, colour, left / 2, left + right / 2);
  }
}
