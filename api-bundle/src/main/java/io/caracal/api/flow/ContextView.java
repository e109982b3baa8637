package io.caracal.api.flow;

import java.nio.FloatBuffer;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A {@link View} of what happens around a flow: it sees every flow of a sensor begin and every
 * record written, over all lanes, and keeps what it needs in bounded memory.
 */
@ConsumerType
public interface ContextView extends View {
  /**
   * What this view remembers during one run of the sensor or over one capture, empty at first.
   *
   * @return a new memory, used by one thread at a time
   */
  Context open();

  /**
   * The memory of a {@link ContextView}. Calls come in the order of the flow table's clock, which
   * is {@link FlowSummary#writtenNanos} for a record and likewise the highest packet time so far
   * for a start; then starts before records, then by the flow's start and its identity. Over a
   * capture that is the same order however many lanes there are; live, what a lane brings more than
   * a second late comes late.
   */
  @ConsumerType
  interface Context {
    /**
     * A flow has begun.
     *
     * @param who its ends
     * @param nanos time of its first packet, nanoseconds since 1970-01-01 UTC
     */
    void onStart(FlowIdentity who, long nanos);

    /**
     * Takes a record into account and writes its row. Every column is written, and is finite.
     *
     * @param flow a checkpoint or the end of a flow
     * @param row where to write, as for {@link FeatureView#write}
     * @param offset index of the row's first column in {@code row}, in floats
     */
    void write(FlowSummary flow, FloatBuffer row, int offset);

    /**
     * What this memory had to leave out, for the sensor's {@code stats}.
     *
     * @return counters that only grow, named {@code VIEW.WHAT}; the sensor puts {@code context.}
     *     before
     */
    default Map<String, Long> counters() {
      return Map.of();
    }
  }
}
