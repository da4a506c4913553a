package org.asyncio4j.tck.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One of several equal parts of a run, which together are the whole.
 *
 * @param number which, from 1
 * @param count how many there are
 */
record Shard(int number, int count) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

  static Shard parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      Shard shard =
          new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      if (shard.number >= 1 && shard.number <= shard.count) {
        return shard;
      }
    }
    throw new IllegalArgumentException(
        "a shard must look like 1/4, from 1 to the number of shards");
  }

  /** Takes neighbours apart, because some chapters take longer than others. */
  <T> List<T> of(List<T> all) {
    return IntStream.range(0, all.size())
        .filter(index -> index % count == number - 1)
        .mapToObj(all::get)
        .toList();
  }
}
