package org.asyncio4j.loop.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.junit.jupiter.api.Test;

final class NioEventLoopProviderTest {

  private final NioEventLoopProvider provider = new NioEventLoopProvider();

  @Test
  void itHasTheLowestPriority() {
    assertThat(provider.name()).isEqualTo("nio");
    assertThat(provider.priority()).isZero();
    assertThat(provider.availability()).isEqualTo(Availability.available());
    assertThat(provider.capabilities())
        .contains(Capability.TCP_CLIENT, Capability.TCP_SERVER, Capability.HALF_CLOSE);
  }

  @Test
  void moduleAndClassPathDeclareTheSame() throws Exception {
    String service = EventLoopProvider.class.getName();
    Path classes =
        Path.of(
            NioEventLoopProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());

    assertThat(Files.readAllLines(classes.resolve("META-INF/services/" + service)))
        .containsExactly(NioEventLoopProvider.class.getName());
    ModuleDescriptor module =
        ModuleFinder.of(classes).find("org.asyncio4j.loop.nio").orElseThrow().descriptor();
    assertThat(module.provides())
        .singleElement()
        .satisfies(provides -> {
          assertThat(provides.service()).isEqualTo(service);
          assertThat(provides.providers()).containsExactly(NioEventLoopProvider.class.getName());
        });
  }
}
