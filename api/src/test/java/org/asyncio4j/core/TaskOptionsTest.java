package org.asyncio4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TaskOptionsTest {

  @Test
  void defaultsLeaveEverythingToTheLoop() {
    TaskOptions options = TaskOptions.defaults();
    assertThat(options.name()).isEmpty();
    assertThat(options.context()).isEmpty();
    assertThat(options.interruptOnCancel()).isTrue();
    assertThat(options.eagerStart()).isFalse();
  }

  @Test
  void eachOptionChangesAlone() {
    Context context = Context.empty();
    TaskOptions options =
        TaskOptions.named("name")
            .withContext(context)
            .withInterruptOnCancel(false)
            .withEagerStart(true);
    assertThat(options.name()).contains("name");
    assertThat(options.context()).containsSame(context);
    assertThat(options.interruptOnCancel()).isFalse();
    assertThat(options.eagerStart()).isTrue();
    assertThat(options.withName("other").context()).containsSame(context);
    assertThat(options.withName("other").eagerStart()).isTrue();
    assertThat(options.withContext(context).eagerStart()).isTrue();
    assertThat(options.withInterruptOnCancel(true).eagerStart()).isTrue();
    assertThat(options.withEagerStart(false).interruptOnCancel()).isFalse();
  }

  @Test
  void nullIsRefusedByName() {
    assertThatThrownBy(() -> TaskOptions.named(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("name");
    assertThatThrownBy(() -> TaskOptions.defaults().withContext(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("context");
  }
}
