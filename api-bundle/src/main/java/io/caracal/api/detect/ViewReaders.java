package io.caracal.api.detect;

import io.caracal.api.flow.View;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Those who know what detectors expect of the views that they read. Asked before another version of
 * a view takes over. An OSGi service; thread-safe.
 */
@ConsumerType
@FunctionalInterface
public interface ViewReaders {
  /**
   * The detectors at work that read a view of this name and cannot read this one.
   *
   * @param view the version that is to take over
   * @return a phrase for each that names the detector and what does not fit; empty if all fit
   */
  List<String> unfit(View view);
}
