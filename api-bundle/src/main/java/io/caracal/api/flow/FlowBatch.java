package io.caracal.api.flow;

import io.caracal.api.flow.FlowSummary.Volume;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Flows as columns: a summary of each, and for each view one direct buffer of float32, row-major,
 * that goes to an engine without a copy. Owned by one thread; reused after {@link #clear}.
 * Detectors read, only the host writes.
 */
public final class FlowBatch {
  private final List<View> views;
  private final List<FeatureView> computed;
  private final Map<String, FloatBuffer> buffers = new LinkedHashMap<>();
  private final FlowSummary[] flows;
  private int size;

  /**
   * An empty batch.
   *
   * @param capacity most flows, at least 1
   * @param views the views to carry
   */
  public FlowBatch(int capacity, List<? extends View> views) {
    this.views = List.copyOf(views);
    this.computed =
        this.views.stream()
            .filter(FeatureView.class::isInstance)
            .map(FeatureView.class::cast)
            .toList();
    for (View view : views) {
      int floats = Math.multiplyExact(capacity, view.description().width());
      ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES));
      buffers.put(view.description().name(), bytes.order(ByteOrder.nativeOrder()).asFloatBuffer());
    }
    flows = new FlowSummary[capacity];
  }

  /**
   * Adds a flow and computes every {@link FeatureView}; the record is not kept. The columns of a
   * {@link ContextView} are still to be written, into {@link #view}.
   *
   * @param flow the record
   * @throws IndexOutOfBoundsException if the batch is {@linkplain #full full}
   */
  public void add(FlowRecord flow) {
    int row = size;
    flows[row] = FlowSummary.of(flow);
    for (FeatureView view : computed) {
      ViewDescription description = view.description();
      view.write(flow, view(description.name()), row * description.width());
    }
    size = row + 1;
  }

  /**
   * Copies one row of another batch: the summary, and the columns of every view that both carry.
   * What only this batch carries is still to be written, into {@link #view}.
   *
   * @param other the batch to copy from
   * @param row its row
   */
  public void addFrom(FlowBatch other, int row) {
    int to = size;
    flows[to] = other.flows[row];
    for (View view : views) {
      int width = view.description().width();
      String name = view.description().name();
      FloatBuffer from = other.buffers.get(name);
      if (from != null) {
        view(name).put(to * width, from, row * width, width);
      }
    }
    size = to + 1;
  }

  /**
   * Adds a flow by its columns instead of its record: golden vectors, rows read from a table. Its
   * times and bytes are 0 and it counts as ended by the end of the capture.
   *
   * @param identity who talks to whom
   * @param forwardPackets the initiator's packets
   * @param backwardPackets the responder's packets
   * @param columns for the name of every view of the batch one row, flattened row-major; further
   *     names are ignored
   * @throws IllegalArgumentException if a view's row is missing or of the wrong width
   */
  public void addRow(
      FlowIdentity identity,
      long forwardPackets,
      long backwardPackets,
      Map<String, float[]> columns) {
    int to = size;
    for (View view : views) {
      ViewDescription description = view.description();
      float[] row = columns.get(description.name());
      if (row == null || row.length != description.width()) {
        throw new IllegalArgumentException(
            "view "
                + description.name()
                + " has "
                + description.width()
                + " columns but the row "
                + (row == null ? "is missing" : "has " + row.length));
      }
      view(description.name()).put(to * row.length, row);
    }
    flows[to] =
        new FlowSummary(
            to,
            identity,
            0,
            0,
            0,
            EndReason.END_OF_CAPTURE,
            0,
            ConnectionState.OTH,
            "",
            new Volume(forwardPackets, 0, 0),
            new Volume(backwardPackets, 0, 0));
    size = to + 1;
  }

  /** Makes the batch empty again. */
  public void clear() {
    size = 0;
  }

  /**
   * Flows in the batch.
   *
   * @return 0 to {@link #capacity}
   */
  public int size() {
    return size;
  }

  /**
   * Most flows.
   *
   * @return at least 1
   */
  public int capacity() {
    return flows.length;
  }

  /**
   * Whether there is no room left.
   *
   * @return true if size equals capacity
   */
  public boolean full() {
    return size == flows.length;
  }

  /**
   * The views that this batch carries.
   *
   * @return in the order given
   */
  public List<View> views() {
    return views;
  }

  /**
   * One view's rows.
   *
   * @param name name of the view
   * @return the direct buffer, native order, {@code capacity * width} floats of which the first
   *     {@code size * width} count; shared, so use absolute access or a duplicate
   * @throws IllegalArgumentException if the batch does not carry the view
   */
  public FloatBuffer view(String name) {
    FloatBuffer buffer = buffers.get(name);
    if (buffer == null) {
      throw new IllegalArgumentException(
          "the batch carries the views " + buffers.keySet() + ", not " + name);
    }
    return buffer;
  }

  /**
   * What is known of a flow besides its columns.
   *
   * @param row 0 to size - 1
   * @return a value that may be kept
   */
  public FlowSummary flow(int row) {
    return flows[row];
  }

  /**
   * Who talks to whom.
   *
   * @param row 0 to size - 1
   * @return a value that may be kept
   */
  public FlowIdentity identity(int row) {
    return flows[row].who();
  }

  /**
   * See {@link FlowRecord#flowId}.
   *
   * @param row 0 to size - 1
   * @return the number
   */
  public long flowId(int row) {
    return flows[row].flowId();
  }

  /**
   * See {@link FlowRecord#startNanos}.
   *
   * @param row 0 to size - 1
   * @return nanoseconds since 1970-01-01 UTC
   */
  public long startNanos(int row) {
    return flows[row].startNanos();
  }

  /**
   * See {@link FlowRecord#lastNanos}.
   *
   * @param row 0 to size - 1
   * @return nanoseconds since 1970-01-01 UTC
   */
  public long lastNanos(int row) {
    return flows[row].lastNanos();
  }

  /**
   * See {@link FlowRecord#reason}.
   *
   * @param row 0 to size - 1
   * @return why the row was written
   */
  public EndReason reason(int row) {
    return flows[row].reason();
  }

  /**
   * See {@link FlowRecord#checkpoint}.
   *
   * @param row 0 to size - 1
   * @return number of the checkpoint
   */
  public int checkpoint(int row) {
    return flows[row].checkpoint();
  }

  /**
   * The initiator's packets.
   *
   * @param row 0 to size - 1
   * @return count
   */
  public long forwardPackets(int row) {
    return flows[row].forward().packets();
  }

  /**
   * The responder's packets.
   *
   * @param row 0 to size - 1
   * @return count
   */
  public long backwardPackets(int row) {
    return flows[row].backward().packets();
  }

  /**
   * The initiator's IP bytes.
   *
   * @param row 0 to size - 1
   * @return bytes
   */
  public long forwardBytes(int row) {
    return flows[row].forward().ipBytes();
  }

  /**
   * The responder's IP bytes.
   *
   * @param row 0 to size - 1
   * @return bytes
   */
  public long backwardBytes(int row) {
    return flows[row].backward().ipBytes();
  }

  /**
   * Packets of both directions.
   *
   * @param row 0 to size - 1
   * @return count
   */
  public long packets(int row) {
    return flows[row].packets();
  }
}
