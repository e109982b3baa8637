package io.caracal.alert.journal.internal;

import io.caracal.api.alert.AlertArchive;
import io.caracal.api.alert.AlertJournal;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Opens journals, as the settings {@code journal.*} ask. */
@Component
public final class Journals implements AlertJournal.Factory {
  private final Settings settings;

  /** Journals with the sensor's settings. */
  @Activate
  public Journals(BundleContext context) {
    this(new Settings(context::getProperty));
  }

  /** Journals with settings of their own. */
  public Journals(Settings settings) {
    this.settings = settings;
  }

  @Override
  public AlertJournal open(Path folder, AlertJournal.Mode mode) throws IOException {
    return new Journal(folder, mode, JournalSettings.of(settings));
  }

  @Override
  public AlertArchive archive(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(
          "there is no journal "
              + file
              + "; run the sensor first, or name that of a replay with --db DIR/caracal.db");
    }
    return new Archive(file);
  }
}
