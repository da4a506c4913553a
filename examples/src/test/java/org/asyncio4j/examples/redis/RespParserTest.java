package org.asyncio4j.examples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.asyncio4j.examples.redis.Resp.Big;
import org.asyncio4j.examples.redis.Resp.Blob;
import org.asyncio4j.examples.redis.Resp.Dictionary;
import org.asyncio4j.examples.redis.Resp.Nil;
import org.asyncio4j.examples.redis.Resp.Push;
import org.asyncio4j.examples.redis.Resp.Real;
import org.asyncio4j.examples.redis.Resp.Refusal;
import org.asyncio4j.examples.redis.Resp.Sequence;
import org.asyncio4j.examples.redis.Resp.Text;
import org.asyncio4j.examples.redis.Resp.Truth;
import org.asyncio4j.examples.redis.Resp.Whole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of value is parsed, in pieces of any size; malformed values are refused. */
final class RespParserTest {

  private static final String STREAM =
      "+OK\r\n-ERR no\r\n:-7\r\n$5\r\na\r\nbc\r\n$0\r\n\r\n$-1\r\n*-1\r\n*0\r\n"
          + "*2\r\n*1\r\n:1\r\n$1\r\nx\r\n"
          + "_\r\n#t\r\n#f\r\n,1.5\r\n,-inf\r\n,nan\r\n(12345678901234567890\r\n"
          + "!6\r\nERR no\r\n=7\r\ntxt:abc\r\n%1\r\n+k\r\n:1\r\n~2\r\n:1\r\n:2\r\n"
          + "|1\r\n+ttl\r\n:9\r\n*2\r\n|1\r\n+hits\r\n:3\r\n:1\r\n|0\r\n:2\r\n"
          + ">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$4\r\n\u00e4\u00f6\r\n";

  private static final List<Resp> VALUES =
      List.of(
          new Text("OK"),
          new Refusal("ERR no"),
          new Whole(-7),
          blob("a\r\nbc"),
          blob(""),
          new Nil(),
          new Nil(),
          new Sequence(List.of()),
          new Sequence(List.of(new Sequence(List.of(new Whole(1))), blob("x"))),
          new Nil(),
          new Truth(true),
          new Truth(false),
          new Real(1.5),
          new Real(Double.NEGATIVE_INFINITY),
          new Real(Double.NaN),
          new Big(new BigInteger("12345678901234567890")),
          new Refusal("ERR no"),
          blob("abc"),
          new Dictionary(Map.of(new Text("k"), new Whole(1))),
          new Sequence(List.of(new Whole(1), new Whole(2))),
          new Sequence(List.of(new Whole(1), new Whole(2))),
          new Push(List.of(blob("message"), blob("c"), blob("\u00e4\u00f6"))));

  private final List<Resp> seen = new ArrayList<>();
  private final RespParser parser = new RespParser(seen::add);

  @Test
  void everyKindOfValueIsUnderstood() throws Exception {
    parser.feed(ByteBuffer.wrap(STREAM.getBytes(UTF_8)));

    assertThat(seen).containsExactlyElementsOf(VALUES);
  }

  @Test
  void everySplitInTwoGivesTheSameValues() throws Exception {
    byte[] bytes = STREAM.getBytes(UTF_8);
    for (int cut = 1; cut < bytes.length; cut++) {
      List<Resp> values = new ArrayList<>();
      RespParser fresh = new RespParser(values::add);

      fresh.feed(ByteBuffer.wrap(bytes, 0, cut));
      fresh.feed(ByteBuffer.wrap(bytes, cut, bytes.length - cut));

      assertThat(values).as("cut after %d bytes", cut).containsExactlyElementsOf(VALUES);
    }
  }

  @Test
  void singleBytesGiveTheSameAndNothingComesLate() throws Exception {
    byte[] bytes = STREAM.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      parser.feed(ByteBuffer.wrap(bytes, i, 1));
      if (i == "+OK\r\n".length() - 1) {
        assertThat(seen).containsExactly(new Text("OK"));
      }
    }

    assertThat(seen).containsExactlyElementsOf(VALUES);
  }

  @Test
  void largeBlobGrowsInPiecesWithoutAChange() throws Exception {
    byte[] content = new byte[1_000_003];
    RandomGenerator.of("L64X128MixRandom").nextBytes(content);
    byte[] head = "$1000003\r\n".getBytes(UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + content.length + 2);
    System.arraycopy(content, 0, all, head.length, content.length);
    all[all.length - 2] = '\r';
    all[all.length - 1] = '\n';

    for (int from = 0; from < all.length; from += 10_007) {
      assertThat(seen).isEmpty();
      parser.feed(ByteBuffer.wrap(all, from, Math.min(10_007, all.length - from)));
    }

    assertThat(seen).containsExactly(new Blob(content));
  }

  @Test
  void claimedLengthTakesNoMemory() throws Exception {
    for (int i = 0; i < 100; i++) { // 50 GB, if the parser trusted them
      RespParser fresh = new RespParser(seen::add);
      fresh.feed(ByteBuffer.wrap("$536870912\r\nabc".getBytes(UTF_8)));
      fresh = new RespParser(seen::add);
      fresh.feed(ByteBuffer.wrap("*1000000000\r\n:1\r\n".getBytes(UTF_8)));
    }

    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "+OK\n",
        "HTTP/1.1 400 Bad Request\r\n",
        ":\r\n",
        ":1x\r\n",
        ",one\r\n",
        "(1.5\r\n",
        "#x\r\n",
        "$-2\r\n",
        "$x\r\n",
        "$536870913\r\n",
        "*99999999999999999999\r\n",
        "%1073741824\r\n",
        "%-1\r\n",
        "$1\r\nabc",
        "$1\r\na\rb",
        "=3\r\ntxt\r\n"
      })
  void malformedValuesAreRefused(String text) {
    assertThatThrownBy(() -> parser.feed(ByteBuffer.wrap(text.getBytes(UTF_8))))
        .isInstanceOf(RespException.class)
        .hasMessageMatching("(?s)(cannot |.* must ).*");
    assertThat(seen).isEmpty();
  }

  @Test
  void depthAndLinesHaveLimits() {
    assertThatThrownBy(() -> parser.feed(ByteBuffer.wrap("*1\r\n".repeat(33).getBytes(UTF_8))))
        .isInstanceOf(RespException.class)
        .hasMessageContaining("32 deep");
    assertThatThrownBy(() ->
            new RespParser(seen::add).feed(ByteBuffer.wrap("+".repeat(65_537).getBytes(UTF_8))))
        .isInstanceOf(RespException.class)
        .hasMessageContaining("65536");
  }

  private static Blob blob(String text) {
    return new Blob(text.getBytes(UTF_8));
  }
}
