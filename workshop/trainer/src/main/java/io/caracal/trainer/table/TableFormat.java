package io.caracal.trainer.table;

import io.caracal.trainer.TrainerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How the lines of a flow table are to be read.
 *
 * @param view what its columns are called together
 * @param header whether the first line names the columns
 * @param names names of all cells of a line
 * @param kept indices of the cells that a model may read
 * @param categories names of those that hold words
 * @param label index of the label
 * @param time index of a time that sorts as text, or {@link #NONE}
 */
record TableFormat(
    String view,
    boolean header,
    List<String> names,
    List<Integer> kept,
    Set<String> categories,
    int label,
    int time) {
  static final int NONE = -1;

  /**
   * The features of the KDD Cup 1999 (Lee and Stolfo 2000), which NSL-KDD (Tavallaee et al. 2009)
   * shares.
   */
  private static final String KDD =
      "duration,protocol_type,service,flag,src_bytes,dst_bytes,land,wrong_fragment,urgent,hot,"
          + "num_failed_logins,logged_in,num_compromised,root_shell,su_attempted,num_root,"
          + "num_file_creations,num_shells,num_access_files,num_outbound_cmds,is_host_login,"
          + "is_guest_login,count,srv_count,serror_rate,srv_serror_rate,rerror_rate,"
          + "srv_rerror_rate,same_srv_rate,diff_srv_rate,srv_diff_host_rate,dst_host_count,"
          + "dst_host_srv_count,dst_host_same_srv_rate,dst_host_diff_srv_rate,"
          + "dst_host_same_src_port_rate,dst_host_srv_diff_host_rate,dst_host_serror_rate,"
          + "dst_host_srv_serror_rate,dst_host_rerror_rate,dst_host_srv_rerror_rate,label,difficulty";

  private static final int KDD_LABEL = 41;

  /** Who, where and when: a model that reads them learns the testbed by heart. */
  private static final Set<String> IDENTITY =
      Set.of(
          "id",
          "Flow ID",
          "Src IP",
          "Src Port",
          "Dst IP",
          "Dst Port",
          "Timestamp",
          "Label",
          "Attempted Category");

  /**
   * Recognises a format by its first line.
   *
   * @param line the first line
   * @param file names the table in messages
   * @throws TrainerException if it is neither KDD's nor CICFlowMeter's
   */
  static TableFormat of(String line, String file) {
    List<String> cells = Arrays.asList(line.split(",", -1));
    if (cells.contains("Label")) {
      List<Integer> kept = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        if (!IDENTITY.contains(cells.get(i))) {
          kept.add(i);
        }
      }
      return new TableFormat(
          "cic", true, cells, kept, Set.of(), cells.indexOf("Label"), cells.indexOf("Timestamp"));
    }
    if (cells.size() == KDD_LABEL + 1 || cells.size() == KDD_LABEL + 2) {
      List<String> names = List.of(KDD.split(",")).subList(0, cells.size());
      List<Integer> kept = new ArrayList<>();
      for (int i = 0; i < KDD_LABEL; i++) {
        kept.add(i);
      }
      return new TableFormat(
          "kdd", false, names, kept, Set.of("protocol_type", "service", "flag"), KDD_LABEL, NONE);
    }
    throw new TrainerException(
        file
            + " is no flow table that is known: neither has it 42 or 43 cells as KDD99 and NSL-KDD"
            + " nor a first line with a column Label as CICFlowMeter writes it");
  }

  /** The label in a cell; both words for normal traffic are one. */
  String label(String[] cells) {
    String text = cells[label].strip();
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("normal") || lower.equals("benign") ? "benign" : name;
  }
}
