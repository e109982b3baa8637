package io.caracal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every format of flow files must keep. Extend it and say which format. */
public abstract class FlowFormatContract {
  @TempDir private Path folder;

  /** The format to test; it writes files. */
  protected abstract FlowOutput.Format format() throws Exception;

  /** The views that are installed, at least those that the format chooses. */
  protected abstract List<View> installed() throws Exception;

  /** The settings of the flow table. */
  protected abstract FlowSettings flows() throws Exception;

  @Test
  protected void nameAndExtensionAreWords() throws Exception {
    assertThat(format().name()).matches("[a-z][a-z0-9-]*");
    assertThat(format().extension()).matches("[a-z0-9]+(\\.[a-z0-9]+)*");
  }

  @Test
  protected void theSameFlowsAreTheSameFile() throws Exception {
    assertThat(written("one", 2)).hasSameBinaryContentAs(written("two", 2));
  }

  @Test
  protected void everyBatchIsWritten() throws Exception {
    assertThat(Files.size(written("two", 2))).isGreaterThan(Files.size(written("one", 1)));
  }

  @Test
  protected void noFlowsAreAFileToo() throws Exception {
    assertThat(written("none", 0)).isRegularFile();
  }

  @Test
  protected void aFileIsReplaced() throws Exception {
    byte[] one = Files.readAllBytes(written("again", 1));
    written("again", 2);
    assertThat(written("again", 1)).hasBinaryContent(one);
  }

  @Test
  protected void whatCannotBeWrittenIsNamed() throws Exception {
    FlowOutput.Format format = format();
    Path missing = folder.resolve("no-such-folder").resolve("flows");
    List<View> views = format.views(List.of(), installed());
    FlowSettings flows = flows();
    assertThatThrownBy(() -> format.open(missing.toString(), views, flows).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-folder");
  }

  private Path written(String name, int batches) throws Exception {
    Path file = folder.resolve(name + "." + format().extension());
    List<View> views = format().views(List.of(), installed());
    FlowBatch batch = SampleFlows.batch(views);
    try (FlowOutput output = format().open(file.toString(), views, flows())) {
      for (int i = 0; i < batches; i++) {
        output.write(batch);
        output.flush();
      }
    }
    return file;
  }
}
