package org.asyncio4j.net.options;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.asyncio4j.net.tls.TlsOptions;
import org.jspecify.annotations.Nullable;

/**
 * The destination and the options of a connection: the arguments of {@code loop.create_connection}.
 *
 * <p>A host with several addresses is connected to as RFC 8305, "Happy Eyeballs", describes it: the
 * families take turns, and the next address is tried when the one before has failed, or has not
 * responded for 250 milliseconds; the first connection wins. In asyncio this must be requested.
 */
public final class ConnectOptions {

  private static final Optional<Duration> DEFAULT_DELAY = Optional.of(Duration.ofMillis(250));

  private final String host;
  private final int port;
  private final Optional<InetSocketAddress> localAddress;
  private final Optional<Duration> happyEyeballsDelay;
  private final int firstFamilyCount;
  private final Optional<NameResolution> nameResolution;
  private final Optional<TlsOptions> tls;

  private ConnectOptions(
      String host,
      int port,
      Optional<InetSocketAddress> localAddress,
      Optional<Duration> happyEyeballsDelay,
      int firstFamilyCount,
      Optional<NameResolution> nameResolution,
      Optional<TlsOptions> tls) {
    requireNonNull(host, "host");
    requireNonNull(localAddress, "localAddress");
    requireNonNull(happyEyeballsDelay, "happyEyeballsDelay");
    requireNonNull(nameResolution, "nameResolution");
    requireNonNull(tls, "tls");
    if (host.isEmpty()) {
      throw new IllegalArgumentException("host must not be empty");
    }
    Ports.require(port, 1, "port");
    if (happyEyeballsDelay.filter(Duration::isNegative).isPresent()) {
      throw new IllegalArgumentException(
          "happyEyeballsDelay must not be negative: %s; use withoutHappyEyeballs() to turn it off"
              .formatted(happyEyeballsDelay.get()));
    }
    if (firstFamilyCount < 0) {
      throw new IllegalArgumentException(
          "firstFamilyCount must not be negative: %d; use 0 for the resolver's order"
              .formatted(firstFamilyCount));
    }
    this.host = host;
    this.port = port;
    this.localAddress = localAddress;
    this.happyEyeballsDelay = happyEyeballsDelay;
    this.firstFamilyCount = firstFamilyCount;
    this.nameResolution = nameResolution;
    this.tls = tls;
  }

  /**
   * Returns options for a destination.
   *
   * @param host a name or a literal address
   * @param port the port, 1 to 65535
   * @return the options
   * @throws IllegalArgumentException if the host is empty or the port is out of range
   */
  public static ConnectOptions to(String host, int port) {
    return new ConnectOptions(
        host, port, Optional.empty(), DEFAULT_DELAY, 1, Optional.empty(), Optional.empty());
  }

  /**
   * Returns these options with a local address.
   *
   * @param address the address to connect from; port 0 lets the system choose
   * @return the options
   */
  public ConnectOptions withLocalAddress(InetSocketAddress address) {
    return new ConnectOptions(
        host,
        port,
        Optional.of(requireNonNull(address, "address")),
        happyEyeballsDelay,
        firstFamilyCount,
        nameResolution,
        tls);
  }

  /**
   * Returns these options with the given delay.
   *
   * @param changed how long to wait for an address before the next one is tried as well; zero tries
   *     all at once
   * @return the options
   * @throws IllegalArgumentException if it is negative
   */
  public ConnectOptions withHappyEyeballsDelay(Duration changed) {
    return new ConnectOptions(
        host,
        port,
        localAddress,
        Optional.of(requireNonNull(changed, "changed")),
        firstFamilyCount,
        nameResolution,
        tls);
  }

  /**
   * Returns these options without Happy Eyeballs: addresses are tried in the order of the resolver,
   * each after the previous one has failed.
   *
   * @return the options
   */
  public ConnectOptions withoutHappyEyeballs() {
    return new ConnectOptions(host, port, localAddress, Optional.empty(), 0, nameResolution, tls);
  }

  /**
   * Returns these options with the given number of addresses that come first.
   *
   * @param changed the number of addresses of the first family that come before the families take
   *     turns; 0 leaves the addresses in the order of the resolver
   * @return the options
   * @throws IllegalArgumentException if it is negative
   */
  public ConnectOptions withFirstFamilyCount(int changed) {
    return new ConnectOptions(
        host, port, localAddress, happyEyeballsDelay, changed, nameResolution, tls);
  }

  /**
   * Returns these options with the given name resolution in place of the loop's.
   *
   * @param changed the resolver and its time limit
   * @return the options
   */
  public ConnectOptions withNameResolution(NameResolution changed) {
    return new ConnectOptions(
        host,
        port,
        localAddress,
        happyEyeballsDelay,
        firstFamilyCount,
        Optional.of(requireNonNull(changed, "changed")),
        tls);
  }

  /**
   * Returns these options with TLS.
   *
   * @param changed the TLS options
   * @return the options
   */
  public ConnectOptions withTls(TlsOptions changed) {
    return new ConnectOptions(
        host,
        port,
        localAddress,
        happyEyeballsDelay,
        firstFamilyCount,
        nameResolution,
        Optional.of(requireNonNull(changed, "tls")));
  }

  /** {@return a name or a literal address; a literal address is not looked up} */
  public String host() {
    return host;
  }

  /** {@return the port, 1 to 65535} */
  public int port() {
    return port;
  }

  /** {@return the address to connect from; chosen by the system if absent} */
  public Optional<InetSocketAddress> localAddress() {
    return localAddress;
  }

  /**
   * {@return how long to wait for an address before the next one is tried as well; if absent, there
   * is no limit}
   */
  public Optional<Duration> happyEyeballsDelay() {
    return happyEyeballsDelay;
  }

  /**
   * {@return the number of addresses of the first family that come before the families take turns;
   * 0 leaves the addresses in the order of the resolver ({@code interleave})}
   */
  public int firstFamilyCount() {
    return firstFamilyCount;
  }

  /** {@return the name resolution; the loop's if absent} */
  public Optional<NameResolution> nameResolution() {
    return nameResolution;
  }

  /** {@return the TLS options; absent for a plain connection} */
  public Optional<TlsOptions> tls() {
    return tls;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConnectOptions that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "ConnectOptions%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("host", host);
    components.put("port", port);
    components.put("localAddress", localAddress);
    components.put("happyEyeballsDelay", happyEyeballsDelay);
    components.put("firstFamilyCount", firstFamilyCount);
    components.put("nameResolution", nameResolution);
    components.put("tls", tls);
    return components;
  }
}
