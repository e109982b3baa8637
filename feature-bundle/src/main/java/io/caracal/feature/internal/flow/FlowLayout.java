package io.caracal.feature.internal.flow;

/**
 * Where the parts of a flow stand in its slot: byte offsets. A slot is nine cache lines: three of
 * the flow, then three of each direction. A packet touches the first two of the flow, in the third
 * its size bucket, and the first two of its direction; what is rare stands at the end of each.
 */
final class FlowLayout {
  // The flow. First line: the key (FlowKey) and the times that every packet moves.
  static final int SOURCE_HIGH = 0;
  static final int SOURCE_LOW = 8;
  static final int DESTINATION_HIGH = 16;
  static final int DESTINATION_LOW = 24;
  static final int PORTS_AND_PROTOCOL = 32;
  static final int TUNNEL_AND_KIND = 40;
  static final int LAST = 48;

  /** The table's clock at the flow's last packet; for a closed flow, when it was closed. */
  static final int ACTIVE_AT = 56;

  // Second line.
  static final int START = 64;
  static final int INTER_ARRIVAL = 72;
  static final int PACKETS = 96;
  static final int HISTORY = 104;
  static final int STATE = 112;
  static final int SEQUENCE_SIZE = 113;
  static final int FTP_REPLY = 114;
  static final int CHECKPOINTS = 116;
  static final int CHECKPOINT_AT = 120;

  // Third line.
  static final int SIZES = 128;
  static final int SUBFLOWS = 148;
  static final int ACTIVE_START = 152;
  static final int ID = 160; // 48 bits
  static final int LIST = 166;
  static final int PREVIOUS = 168;
  static final int NEXT = 172;
  static final int SEQUENCE = 176;
  static final int RARE = 180;
  static final int DNS_QUERY_ID = 184;
  static final int DNS_QUERY_TYPE = 186;
  static final int DNS_ANSWER_TTL = 188;

  /** In the last bytes of the forward direction, which has no use for them. */
  static final int DNS_RESPONSE = 380;

  static final int FORWARD = 192;
  static final int BACKWARD = 384;
  static final int SLOT = 576;

  private FlowLayout() {}

  /** Offsets within one direction of a flow. */
  static final class Side {
    // First line.
    static final int LAST = 0;
    static final int PACKETS = 8;
    static final int IP_BYTES = 16;
    static final int PAYLOAD_BYTES = 24;
    static final int PAYLOAD_SQUARES = 32;
    static final int INTER_ARRIVAL = 40;

    // Second line.
    static final int MIN_PAYLOAD = 64;
    static final int MAX_PAYLOAD = 68;
    static final int MIN_IP_LENGTH = 72;
    static final int MAX_IP_LENGTH = 76;
    static final int HEADER_BYTES = 80;
    static final int MIN_HEADER = 88;
    static final int MIN_TTL = 89;
    static final int MAX_TTL = 90;
    static final int SEEN = 91;
    static final int INITIAL_WINDOW = 92;
    static final int MAX_WINDOW = 94;
    static final int SEQUENCE_END = 96;
    static final int ACK_COUNT = 100;
    static final int PSH_COUNT = 104;
    static final int PAYLOAD_PACKETS = 108;
    static final int RUN_PACKETS = 112;
    static final int RUN_LAST = 120;

    // Third line.
    static final int START = 128;
    static final int RUN_START = 136;
    static final int RUN_BYTES = 144;
    static final int RETRANSMITTED_BYTES = 152;
    static final int RETRANSMITTED_PACKETS = 160;
    static final int FIN_COUNT = 164;
    static final int SYN_COUNT = 168;
    static final int RST_COUNT = 172;
    static final int URG_COUNT = 176;
    static final int ECE_COUNT = 180;
    static final int CWR_COUNT = 184;

    private Side() {}
  }

  /** Offsets within the block of what few flows have. */
  static final class Rare {
    static final int ACTIVE = 0;
    static final int IDLE = 40;
    static final int FORWARD_BULKS = 80;
    static final int BACKWARD_BULKS = 112;
    static final int BLOCK = 144;

    private Rare() {}
  }
}
