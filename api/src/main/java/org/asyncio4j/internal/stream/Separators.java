package org.asyncio4j.internal.stream;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The separators that may end a chunk: the one that ends first counts, or the shortest if several
 * end there.
 */
final class Separators {

  /** The end of a line. */
  static final Separators NEWLINE = Separators.of(new byte[] {'\n'});

  private final List<byte[]> byLength;
  private final int shortest;
  private final int longest;

  private Separators(List<byte[]> byLength) {
    this.byLength = byLength;
    this.shortest = byLength.getFirst().length;
    this.longest = byLength.getLast().length;
  }

  static Separators of(byte[]... separators) {
    if (requireNonNull(separators, "separators").length == 0) {
      throw new IllegalArgumentException(
          "separators must not be empty; use readAll to read up to the end");
    }
    List<byte[]> byLength =
        Arrays.stream(separators)
            .map(byte[]::clone)
            .sorted(Comparator.comparingInt(separator -> separator.length))
            .toList();
    if (byLength.getFirst().length == 0) {
      throw new IllegalArgumentException("separators must not contain an empty one; leave it out");
    }
    return new Separators(byLength);
  }

  /**
   * The position of a separator.
   *
   * @param start the index where it begins
   * @param end the index after its last byte
   */
  record Match(int start, int end) {}

  /** Finds the separator that ends first, among those that begin at or after an index. */
  @Nullable Match find(ByteQueue bytes, int from) {
    if (bytes.size() - from < shortest) {
      return null;
    }
    Match first = null;
    for (byte[] separator : byLength) {
      int start = bytes.indexOf(separator, from);
      if (start >= 0 && (first == null || start + separator.length < first.end)) {
        first = new Match(start, start + separator.length);
      }
    }
    return first;
  }

  /** Returns where to continue the search if no separator was found: one may have already begun. */
  int searchedTo(ByteQueue bytes) {
    return Math.max(0, bytes.size() + 1 - longest);
  }
}
