package io.caracal.feature.internal.history;

import static io.caracal.feature.internal.history.Subjects.SIX_HOURS;

import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSummary;
import io.caracal.feature.internal.context.FadingClock;
import io.caracal.feature.internal.context.Hash;
import io.caracal.feature.internal.context.Outcome;

/**
 * Those whom a flow is about, and how they met. A contact is a source, a destination and a service;
 * a pair is a contact whatever the service, a habit whatever the destination, a server whatever the
 * source.
 */
final class Actors {
  /** Kinds of sums that all have: the mark of those met lately, and flows that started. */
  static final int MET = 0, STARTS = 1;

  /** Of a source: those first met or met again lately, what failed, what it asked resolvers. */
  static final int PEERS = 2,
      CONTACTS = 3,
      SERVICES = 4,
      FAILED_CONTACTS = 5,
      ENDS = 6,
      FAILED = 7,
      QUESTIONS = 8,
      QUESTION_ERRORS = 9,
      RARE_QUESTIONS = 10,
      OF_SOURCE = 11;

  /** Of a destination. */
  static final int CLIENTS = 2, OFFERS = 3, OF_DESTINATION = 4;

  /** Of a pair; ends and failures also of a contact, which has a mark for failures besides. */
  static final int PAIR_ENDS = 2, PAIR_FAILED = 3, PAIR_SERVICES = 4, OF_PAIR = 5;

  static final int CONTACT_ENDS = 2, CONTACT_FAILED = 3, FAILED_MARK = 4, OF_CONTACT = 5;

  /** Of a server its clients, of a service its users, of the network all users and services. */
  static final int OF_HABIT = 2, USERS = 2, OF_SERVICE = 3, NETWORK_SERVICES = 3, OF_NETWORK = 4;

  final FadingClock clock = Subjects.clock();
  final Subjects source;
  final Subjects destination;
  final Subjects pair;
  final Subjects contact;
  final Subjects habit;
  final Subjects server;
  final Subjects service;
  final Subjects network;
  int sourceSlot;
  int destinationSlot;
  int contactSlot;
  int serverSlot;

  /**
   * Nobody is known.
   *
   * @param most sources, destinations, habits, servers and services; twice as many pairs and
   *     contacts
   */
  Actors(int most) {
    source = new Subjects(most, clock, OF_SOURCE);
    destination = new Subjects(most, clock, OF_DESTINATION);
    pair = new Subjects(2 * most, clock, OF_PAIR);
    contact = new Subjects(2 * most, clock, OF_CONTACT);
    habit = new Subjects(most, clock, OF_HABIT);
    server = new Subjects(most, clock, OF_SERVICE);
    service = new Subjects(most, clock, OF_SERVICE);
    network = new Subjects(2, clock, OF_NETWORK);
  }

  void turnTo(FlowIdentity who, long now) {
    long from = Hash.source(who);
    long to = Hash.destination(who);
    long what = Hash.service(who);
    clock.advance(now);
    sourceSlot = source.turnTo(from, now);
    destinationSlot = destination.turnTo(to, now);
    pair.turnTo(Hash.of(from, to), now);
    serverSlot = server.turnTo(Hash.of(to, what), now);
    contactSlot = contact.turnTo(Hash.of(from, Hash.of(to, what)), now);
    habit.turnTo(Hash.of(from, what), now);
    service.turnTo(what, now);
    network.turnTo(0, now);
  }

  /** A flow between them has started. */
  void start() {
    if (pair.fresh()) {
      pair.surprise(source.sum(STARTS, SIX_HOURS), source.sum(PEERS, SIX_HOURS));
    }
    if (habit.fresh()) {
      habit.surprise(source.sum(STARTS, SIX_HOURS), source.sum(SERVICES, SIX_HOURS));
    }
    if (contact.fresh()) {
      contact.surprise(server.sum(STARTS, SIX_HOURS), server.sum(USERS, SIX_HOURS));
    }
    if (server.fresh()) {
      server.surprise(destination.sum(STARTS, SIX_HOURS), destination.sum(OFFERS, SIX_HOURS));
    }
    if (service.fresh()) {
      service.surprise(network.sum(STARTS, SIX_HOURS), network.sum(NETWORK_SERVICES, SIX_HOURS));
    }
    meet();
    source.add(STARTS, 1);
    destination.add(STARTS, 1);
    pair.add(STARTS, 1);
    contact.add(STARTS, 1);
    habit.add(STARTS, 1);
    server.add(STARTS, 1);
    service.add(STARTS, 1);
    network.add(STARTS, 1);
  }

  private void meet() {
    pair.count(MET, source, PEERS);
    pair.count(MET, destination, CLIENTS);
    contact.count(MET, source, CONTACTS);
    contact.count(MET, pair, PAIR_SERVICES);
    contact.count(MET, server, USERS);
    habit.count(MET, source, SERVICES);
    habit.count(MET, service, USERS);
    server.count(MET, destination, OFFERS);
    service.count(MET, network, NETWORK_SERVICES);
    source.count(MET, network, USERS);
    pair.renew(MET);
    contact.renew(MET);
    habit.renew(MET);
    server.renew(MET);
    service.renew(MET);
    source.renew(MET);
  }

  /** A flow between them has ended. */
  void end(FlowSummary flow) {
    boolean failed = Outcome.of(flow.state()) != Outcome.ANSWERED;
    source.add(ENDS, 1);
    pair.add(PAIR_ENDS, 1);
    contact.add(CONTACT_ENDS, 1);
    if (failed) {
      source.add(FAILED, 1);
      pair.add(PAIR_FAILED, 1);
      contact.add(CONTACT_FAILED, 1);
      contact.count(FAILED_MARK, source, FAILED_CONTACTS);
      contact.renew(FAILED_MARK);
    }
  }

  long evicted() {
    return source.evicted()
        + destination.evicted()
        + pair.evicted()
        + contact.evicted()
        + habit.evicted()
        + server.evicted()
        + service.evicted();
  }
}
