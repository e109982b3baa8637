package io.caracal.alert.journal.internal;

import io.caracal.api.alert.AlertJournal;
import io.caracal.api.alert.ExclusionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.osgi.service.component.annotations.Component;

/** Opens the exclusions of a folder. */
@Component
public final class ExclusionStores implements ExclusionStore.Factory {
  @Override
  public ExclusionStore open(Path folder) throws IOException {
    Path file = folder.resolve(AlertJournal.FILE);
    try {
      Files.createDirectories(folder);
      return new ExclusionTable(Database.open(file));
    } catch (SQLException e) {
      throw new IOException(
          "the database " + file + " cannot be used: " + e.getMessage() + "; check the file", e);
    }
  }
}
