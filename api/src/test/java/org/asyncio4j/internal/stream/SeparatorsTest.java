package org.asyncio4j.internal.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeparatorsTest {

  private static final int TEXTS = 3_000;

  private final ByteQueue queue = new ByteQueue();

  /** Texts of two letters have separators in plenty, which overlap and lie across pieces. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findTheFirstEndHoweverTheBytesArrive(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < TEXTS; i++) {
      List<String> separators = new ArrayList<>();
      for (int count = 1 + random.nextInt(3); count > 0; count--) {
        separators.add(letters(random, 1 + random.nextInt(4)));
      }
      String text = letters(random, random.nextInt(12));
      Separators wanted =
          Separators.of(separators.stream().map(SeparatorsTest::bytes).toArray(byte[][]::new));
      queue.clear();
      int searched = 0;
      for (int arrived = 0; arrived < text.length(); ) {
        int count = Math.min(1 + random.nextInt(3), text.length() - arrived);
        queue.append(ByteBuffer.wrap(bytes(text.substring(arrived, arrived + count))));
        arrived += count;

        Separators.Match found = wanted.find(queue, searched);
        Separators.Match expected = naive(text.substring(0, arrived), separators);
        assertThat(found).as("%s in %s", separators, text).isEqualTo(expected);
        if (found != null) {
          break;
        }
        searched = wanted.searchedTo(queue);
        assertThat(searched).isGreaterThanOrEqualTo(arrived - 3);
      }
    }
  }

  @Test
  void atLeastOneIsNeeded() {
    assertThatIllegalArgumentException()
        .isThrownBy(Separators::of)
        .withMessageContaining("separators must not be empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Separators.of(bytes("a"), bytes("")))
        .withMessageContaining("must not contain an empty one");
  }

  @Test
  void areCopied() {
    byte[] mutable = bytes("a");
    Separators separators = Separators.of(mutable);
    mutable[0] = 'b';
    queue.append(ByteBuffer.wrap(bytes("ba")));

    assertThat(separators.find(queue, 0)).isEqualTo(new Separators.Match(1, 2));
  }

  private static Separators.Match naive(String text, List<String> separators) {
    for (int end = 1; end <= text.length(); end++) {
      int shortest = Integer.MAX_VALUE;
      for (String separator : separators) {
        if (text.substring(0, end).endsWith(separator)) {
          shortest = Math.min(shortest, separator.length());
        }
      }
      if (shortest < Integer.MAX_VALUE) {
        return new Separators.Match(end - shortest, end);
      }
    }
    return null;
  }

  private static String letters(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(random.nextInt(3) == 0 ? 'b' : 'a');
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
