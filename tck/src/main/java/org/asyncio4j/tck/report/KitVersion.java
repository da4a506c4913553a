package org.asyncio4j.tck.report;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** The version of the kit, from its jar or module. */
public final class KitVersion {

  private KitVersion() {}

  /** {@return the version; {@code unknown} if it runs from a folder of classes} */
  public static String get() {
    return Optional.ofNullable(KitVersion.class.getPackage().getImplementationVersion())
        .or(() ->
            Optional.ofNullable(KitVersion.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion))
        .orElse("unknown");
  }
}
