package org.asyncio4j.spi.internal.connect;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The order in which the addresses of a host are tried (RFC 8305, section 4). */
final class AddressOrder {

  private AddressOrder() {}

  /**
   * Interleaves the families; the order within a family is unchanged.
   *
   * @param firstFamilyCount the number of addresses of the first family before the first of the
   *     second; 0 changes nothing
   */
  static List<InetSocketAddress> interleaved(
      List<InetSocketAddress> addresses, int firstFamilyCount) {
    if (firstFamilyCount == 0) {
      return addresses;
    }
    Map<Class<?>, List<InetSocketAddress>> byFamily = new LinkedHashMap<>();
    for (InetSocketAddress address : addresses) {
      byFamily
          .computeIfAbsent(address.getAddress().getClass(), family -> new ArrayList<>())
          .add(address);
    }
    List<List<InetSocketAddress>> families = new ArrayList<>(byFamily.values());
    List<InetSocketAddress> ordered = new ArrayList<>(addresses.size());
    List<InetSocketAddress> first = families.getFirst();
    int head = Math.min(firstFamilyCount - 1, first.size());
    ordered.addAll(first.subList(0, head));
    families.set(0, first.subList(head, first.size()));
    for (int turn = 0; ordered.size() < addresses.size(); turn++) {
      for (List<InetSocketAddress> family : families) {
        if (turn < family.size()) {
          ordered.add(family.get(turn));
        }
      }
    }
    return ordered;
  }
}
