/**
 * The workshop's command line: trains detectors, packs them as model bundles, evaluates the sensor.
 */
@NullMarked
package io.caracal.trainer;

import org.jspecify.annotations.NullMarked;
