package io.caracal.core.internal.lane;

import io.caracal.api.flow.FlowCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when the emergency of a lane's flow table begins and ends. */
final class EmergencyWatch {
  private static final Logger LOG = LoggerFactory.getLogger(EmergencyWatch.class);

  private long begun;
  private boolean on;

  void look(FlowCounters flows) {
    if (flows.emergencies() > begun) {
      begun = flows.emergencies();
      on = true;
      LOG.warn(
          "the flow table is nearly full, {} flows: of new flows only a sample is kept from the"
              + " first packet on, the others from the second; raise flow.max-flows if this is no"
              + " flood",
          flows.active());
    }
    if (on && !flows.emergency()) {
      on = false;
      LOG.info(
          "the flow table has room again, {} flows; {} packets of new flows were not kept so far",
          flows.active(),
          flows.unsampledPackets());
    }
  }
}
