package io.caracal.trainer.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.Progress;
import io.caracal.trainer.TrainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableReaderTest {
  private static final String HEAD =
      "id,Flow ID,Src IP,Dst Port,Timestamp,Flow Duration,Flow Bytes/s,Label\n";

  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private FlowTable read(Path path) {
    return TableReader.read(path, said::add);
  }

  @Test
  void readsAFolderOfCicFlowMetersTables() throws IOException {
    write("b.csv", HEAD + "1,f,10.0.0.1,80,2017-07-03 11:00:01,5,1e3,BENIGN\n");
    write("a.csv", HEAD + "2,g,10.0.0.2,80,2017-07-03 11:00:00,0,Infinity,DDoS\n");
    write("notes.txt", "nothing");
    FlowTable table = read(folder);
    assertThat(table.view()).isEqualTo("cic");
    assertThat(table.columns())
        .extracting(FlowTable.Column::name)
        .containsExactly("Flow Duration", "Flow Bytes/s");
    assertThat(table.labels()).containsExactly("DDoS", "benign");
    assertThat(table.times()).containsExactly("2017-07-03 11:00:00", "2017-07-03 11:00:01");
    assertThat(table.values()).containsExactly(0, 0, 5, 1000);
    assertThat(said).singleElement().asString().contains("2 rows", "1 cells that are no finite");
  }

  @Test
  void readsKddWithAndWithoutADifficulty() throws IOException {
    FlowTable table = read(Tables.kdd(folder.resolve("nsl"), 6, "normal", "neptune"));
    assertThat(table.columns()).hasSize(41);
    assertThat(table.columns().get(1))
        .isEqualTo(new FlowTable.Column("protocol_type", List.of("udp", "tcp")));
    assertThat(table.labels()).startsWith("benign", "neptune");
    assertThat(table.times()).isEmpty();
    String line = "0,tcp,http,SF," + "0,".repeat(37) + "smurf.\n";
    assertThat(read(write("kdd99", line)).labels()).containsExactly("smurf");
  }

  @Test
  void saysFileLineAndColumn() throws IOException {
    Path words = write("w.csv", HEAD + "1,f,x,80,t,fast,1,BENIGN\n");
    assertThatThrownBy(() -> read(words))
        .isInstanceOf(TrainerException.class)
        .hasMessage(words + " line 2, column Flow Duration: 'fast' is no number");
    Path cut = write("c.csv", HEAD + "1,f,x,80,t,1,1,BENIGN\n1,f,x,80\n");
    assertThatThrownBy(() -> read(cut))
        .hasMessageContaining("c.csv line 3 has 4 cells instead of 8");
    Path other = write("o", "a,b\n");
    assertThatThrownBy(() -> read(other)).hasMessageContaining("no flow table that is known");
    Path empty = write("e.csv", HEAD);
    assertThatThrownBy(() -> read(empty)).hasMessageContaining("holds no rows");
    assertThatThrownBy(() -> TableReader.read(folder.resolve("none"), Progress.SILENT))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void tablesOfDifferentColumnsAreNotOne() throws IOException {
    write("a.csv", HEAD + "1,f,x,80,t,1,1,BENIGN\n");
    write("b.csv", "Flow Duration,Label\n1,BENIGN\n");
    assertThatThrownBy(() -> read(folder)).hasMessageContaining("b.csv has other columns");
  }
}
