package io.caracal.feature.internal.history;

import static io.caracal.feature.internal.history.Actors.NETWORK_SERVICES;
import static io.caracal.feature.internal.history.Actors.STARTS;
import static io.caracal.feature.internal.history.Actors.USERS;
import static io.caracal.feature.internal.history.Subjects.SIX_HOURS;
import static io.caracal.feature.internal.view.Quantity.INFORMATION;
import static io.caracal.feature.internal.view.Quantity.SECONDS;
import static io.caracal.feature.internal.view.Quantity.SHARE;

import io.caracal.api.flow.ViewDescription.Use;
import io.caracal.feature.internal.view.Row;

/**
 * What is new and what is rare. How surprising a first time is follows from how many first times
 * there were before: the escape probability of Witten and Bell's method C. Where little is known
 * everything is new, and nothing a surprise.
 *
 * @see <a href="https://doi.org/10.1109/18.87000">Witten, Bell 1991</a>
 */
final class Novelty {
  private final Actors actors;

  Novelty(Actors actors) {
    this.actors = actors;
  }

  void columns(long start, long now, Row row) {
    known(now, row);
    row.source("Witten and Bell 1991");
    row.put(
        "new.peer",
        INFORMATION,
        "log2((n + d + 1) / (d + 1)) when the source first met the destination, for its n starts to"
            + " d destinations until then; fading over 600 s.",
        actors.pair.surprise(start));
    row.put(
        "new.service",
        INFORMATION,
        "log2((n + d + 1) / (d + 1)) when the source first used the service, for its n "
            + "starts to d services until then; fading over 600 s.",
        actors.habit.surprise(start));
    row.put(
        "new.client",
        INFORMATION,
        "log2((n + d + 1) / (d + 1)) when the destination's service first met the source, "
            + "for its n starts from d sources until then; fading over 600 s.",
        actors.contact.surprise(start));
    row.put(
        "new.offer",
        INFORMATION,
        "log2((n + d + 1) / (d + 1)) when the destination was first asked for the service, "
            + "for n starts to d of its services until then; fading over 600 s.",
        actors.server.surprise(start));
    row.put(
        "new.in_network",
        INFORMATION,
        "log2((n + d + 1) / (d + 1)) when the service was first used by anybody, for all n "
            + "starts to d services until then; fading over 600 s.",
        actors.service.surprise(start));
    row.source("");
    rare(row);
  }

  private void known(long now, Row row) {
    row.use(Use.LEAKS);
    row.put(
        "known.network",
        SECONDS,
        "Time since the first flow of all: below an hour there is no long memory.",
        actors.network.age(now));
    row.put(
        "known.source", SECONDS, "Time since the source was first seen.", actors.source.age(now));
    row.put(
        "known.destination",
        SECONDS,
        "Time since the destination was first seen.",
        actors.destination.age(now));
    row.use(Use.FEATURE);
  }

  private void rare(Row row) {
    row.put(
        "rare.peer",
        INFORMATION,
        "log2(a / b) for a starts of the source and b of them to the destination, fading over 6 h.",
        rarity(actors.source, actors.pair));
    row.put(
        "rare.service",
        INFORMATION,
        "log2(a / b) for a starts of the source and b of them to the service, fading over 6"
            + " h.",
        rarity(actors.source, actors.habit));
    row.put(
        "rare.client",
        INFORMATION,
        "log2(a / b) for a starts to the destination's service and b of them from the "
            + "source, fading over 6 h.",
        rarity(actors.server, actors.contact));
    row.put(
        "rare.offer",
        INFORMATION,
        "log2(a / b) for a starts to the destination and b of them to the service, fading "
            + "over 6 h.",
        rarity(actors.destination, actors.server));
    float everybody = actors.network.sum(USERS, SIX_HOURS);
    row.put(
        "share.of_server",
        SHARE,
        "Of the sources that started flows lately, fading over 6 h, the share that started some to"
            + " the destination's service.",
        share(actors.server.sum(USERS, SIX_HOURS), everybody));
    row.put(
        "share.of_service",
        SHARE,
        "Of the sources that started flows lately, fading over 6 h, the share that started "
            + "some to the service, on any host.",
        share(actors.service.sum(USERS, SIX_HOURS), everybody));
    row.put(
        "share.of_services",
        SHARE,
        "Of the services that were used lately, the share that the source used.",
        share(
            actors.source.sum(Actors.SERVICES, SIX_HOURS),
            actors.network.sum(NETWORK_SERVICES, SIX_HOURS)));
  }

  private static double rarity(Subjects all, Subjects some) {
    float part = some.sum(STARTS, SIX_HOURS);
    return part == 0 ? 0 : Subjects.bits(all.sum(STARTS, SIX_HOURS) / (double) part);
  }

  /** What was forgotten to make room may be missing in the whole. */
  static double share(float part, float whole) {
    return whole <= 0 ? 0 : Math.clamp(part / whole, 0, 1);
  }
}
