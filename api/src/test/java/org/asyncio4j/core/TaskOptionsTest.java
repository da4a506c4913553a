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
  }

  @Test
  void eachOptionChangesAlone() {
    Context context = Context.empty();
    TaskOptions options =
        TaskOptions.named("name").withContext(context).withInterruptOnCancel(false);
    assertThat(options.name()).contains("name");
    assertThat(options.context()).containsSame(context);
    assertThat(options.interruptOnCancel()).isFalse();
    assertThat(options.withName("other").context()).containsSame(context);
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
