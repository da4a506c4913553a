package org.asyncio4j.spi.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.asyncio4j.spi.fixture.HangGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@HangGuard
class AddressOrderTest {

  private static final String RESOLVED = "1.1.1.1 1.1.1.2 1.1.1.3 ::1 ::2";

  @ParameterizedTest
  @CsvSource({
    "0, 1.1.1.1 1.1.1.2 1.1.1.3 ::1 ::2",
    "1, 1.1.1.1 ::1 1.1.1.2 ::2 1.1.1.3",
    "2, 1.1.1.1 1.1.1.2 ::1 1.1.1.3 ::2",
    "3, 1.1.1.1 1.1.1.2 1.1.1.3 ::1 ::2",
    "9, 1.1.1.1 1.1.1.2 1.1.1.3 ::1 ::2"
  })
  void addressFamiliesAlternate(int firstFamilyCount, String expected) {
    assertThat(AddressOrder.interleaved(addresses(RESOLVED), firstFamilyCount))
        .isEqualTo(addresses(expected));
  }

  @Test
  void theFamilyOfTheFirstAddressComesFirst() {
    assertThat(AddressOrder.interleaved(addresses("::1 ::2 1.1.1.1"), 1))
        .isEqualTo(addresses("::1 1.1.1.1 ::2"));
  }

  @Test
  void oneFamilyKeepsItsOrder() {
    assertThat(AddressOrder.interleaved(addresses("1.1.1.2 1.1.1.1"), 1))
        .isEqualTo(addresses("1.1.1.2 1.1.1.1"));
  }

  private static List<InetSocketAddress> addresses(String literals) {
    return Stream.of(literals.split(" "))
        .map(literal -> new InetSocketAddress(InetAddresses.forString(literal), 80))
        .toList();
  }
}
