package dev.whorl.bench.fleet;

import java.util.Locale;

/** Why a machine prints a coupon: each group of probes is reported by itself. */
public enum Group {
  /** Enrolment: three coupons on the first day. */
  ENROLMENT,
  /** Within a week. */
  FRESH,
  /** A month old. */
  MONTH,
  /** Three months old. */
  QUARTER,
  /** Half a year old. */
  HALF_YEAR,
  /** A year old, nothing serviced. */
  YEAR,
  /** Within two months, right after one part was serviced. */
  SERVICED;

  /** As written in files and reports. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
