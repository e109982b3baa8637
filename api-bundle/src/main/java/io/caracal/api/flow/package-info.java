/**
 * Flows: the table that packets are counted into, the record of one flow, the views that turn a
 * record into float32 columns, and the batch that carries those columns to the detectors.
 */
@Export
@Version("1.1.0")
@NullMarked
package io.caracal.api.flow;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
