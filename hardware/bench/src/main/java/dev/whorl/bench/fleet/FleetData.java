package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fleet that has printed: who could be enrolled, and all probes.
 *
 * @param machines how many there are
 * @param coupons how many they printed
 * @param refused coupons that could not be read
 * @param notEnrolled machines none of whose first coupons could be read
 */
record FleetData(
    List<Enrolled> enrolled,
    List<Probe> probes,
    int machines,
    int coupons,
    int refused,
    int notEnrolled) {

  static FleetData of(Map<FleetMachine, Map<Visit, Optional<Fingerprint>>> printed, Judge judge) {
    List<Enrolled> enrolled = new ArrayList<>();
    List<Probe> probes = new ArrayList<>();
    int coupons = 0;
    int refused = 0;
    for (Map.Entry<FleetMachine, Map<Visit, Optional<Fingerprint>>> one : printed.entrySet()) {
      List<Fingerprint> first = new ArrayList<>();
      for (Map.Entry<Visit, Optional<Fingerprint>> coupon : one.getValue().entrySet()) {
        coupons++;
        Optional<Fingerprint> fingerprint = coupon.getValue();
        if (fingerprint.isEmpty()) {
          refused++;
        } else if (coupon.getKey().group() == Group.ENROLMENT) {
          first.add(fingerprint.get());
        } else {
          probes.add(new Probe(one.getKey(), coupon.getKey(), fingerprint.get()));
        }
      }
      if (!first.isEmpty()) {
        enrolled.add(judge.enrol(one.getKey(), first));
      }
    }
    return new FleetData(
        List.copyOf(enrolled),
        List.copyOf(probes),
        printed.size(),
        coupons,
        refused,
        printed.size() - enrolled.size());
  }
}
