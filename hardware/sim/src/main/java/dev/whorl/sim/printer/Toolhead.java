package dev.whorl.sim.printer;

import dev.whorl.sim.bed.Track;
import dev.whorl.sim.firmware.Move;
import dev.whorl.sim.firmware.Trapezoid;
import dev.whorl.sim.machine.Kinematics;
import dev.whorl.sim.machine.Machine;
import dev.whorl.sim.machine.Streams;
import java.util.function.Consumer;

/**
 * Where the nozzle really goes and what it lays down on the way: the commanded path plus the errors
 * of motors, pulleys and belts, play, skew, ringing, homing and this print's accidents. Can be
 * copied in mid-motion, so that one may look at how it would end.
 */
final class Toolhead {

  /** 20 um at 80 mm/s, and some 80 steps per period of a frame. */
  private static final double STEP_S = 1.0 / 4000;

  /** The shortest wave to be seen is 0.2 mm. */
  private static final double SAMPLE_MM = 0.04;

  /** 1.75 mm filament. */
  private static final double FILAMENT_MM2 = Math.PI * 0.875 * 0.875;

  /**
   * Accidents: the bead's edge wanders sideways by some um within a millimetre and its flow by a
   * percent or two; filament of +-0.02 mm keeps its section to 1 % over some 100 mm. The first two
   * are what profilometry of single beads shows as repeatability; the third is makers' tolerance.
   */
  private static final double SIDEWAYS_SD_MM = 0.0025;

  private static final double SIDEWAYS_LENGTH_MM = 0.8;
  private static final double FLOW_SD = 0.015;
  private static final double FLOW_LENGTH_MM = 1.5;
  private static final double FILAMENT_SD = 0.008;

  /**
   * What oozes on the way to the next bead clings to the nozzle and comes off within a bore's width
   * or so; more than a small drop falls off.
   */
  private static final double DROP_MM3 = 0.15;

  private static final double DROP_OFF_MM = 0.4;
  private static final double FILAMENT_LENGTH_MM = 100;

  private final Machine machine;
  private final long accidents;
  private final Noise noise;
  private final Wander sidewaysX;
  private final Wander sidewaysY;
  private final Wander flow;
  private final Wander filament;
  private final Oscillator ringX;
  private final Oscillator ringY;
  private Shaper shaperX;
  private Shaper shaperY;
  private Melt melt;
  private final Bead bead;
  private final double ripplePhaseS;

  private double homeX;
  private double homeY;
  private double homeZ;
  private double heldFirst;
  private double heldSecond;
  private double speedX;
  private double speedY;
  private double fedMm;
  private double furthestMm;
  private double timeS;
  private double untilStepS;
  private double unfedMm;
  private double outMm3;
  private double dropMm3;
  private double pressureLagS;
  private double shapingXHz;
  private double shapingYHz;
  private double x;
  private double y;
  private double z;
  private Track.Kind kind = Track.Kind.EXTRUDED;

  Toolhead(Machine machine, long accidents) {
    this.machine = machine;
    this.accidents = accidents;
    noise = new Noise(Streams.seedOf(accidents, "noise"));
    sidewaysX = new Wander(SIDEWAYS_SD_MM, SIDEWAYS_LENGTH_MM, noise);
    sidewaysY = new Wander(SIDEWAYS_SD_MM, SIDEWAYS_LENGTH_MM, noise);
    flow = new Wander(FLOW_SD, FLOW_LENGTH_MM, noise);
    filament = new Wander(FILAMENT_SD, FILAMENT_LENGTH_MM, noise);
    ringX = new Oscillator(machine.ringX(), STEP_S);
    ringY = new Oscillator(machine.ringY(), STEP_S);
    shaperX = new Shaper(0, STEP_S);
    shaperY = new Shaper(0, STEP_S);
    pressureLagS = machine.hotend().pressureLagS();
    melt = new Melt(pressureLagS, STEP_S);
    bead = new Bead(machine.nozzle().boreMm());
    // Nothing homes the extruder or the controller's hunting: each print meets them anywhere.
    fedMm = 1000 * noise.uniform();
    furthestMm = fedMm;
    ripplePhaseS = machine.hotend().ripple().period() * noise.uniform();
  }

  private Toolhead(Toolhead from) {
    machine = from.machine;
    accidents = from.accidents;
    noise = from.noise.copy();
    sidewaysX = from.sidewaysX.copy();
    sidewaysY = from.sidewaysY.copy();
    flow = from.flow.copy();
    filament = from.filament.copy();
    ringX = from.ringX.copy();
    ringY = from.ringY.copy();
    shaperX = from.shaperX.copy();
    shaperY = from.shaperY.copy();
    melt = from.melt.copy();
    bead = from.bead.copy();
    ripplePhaseS = from.ripplePhaseS;
    homeX = from.homeX;
    homeY = from.homeY;
    homeZ = from.homeZ;
    heldFirst = from.heldFirst;
    heldSecond = from.heldSecond;
    speedX = from.speedX;
    speedY = from.speedY;
    fedMm = from.fedMm;
    furthestMm = from.furthestMm;
    timeS = from.timeS;
    untilStepS = from.untilStepS;
    unfedMm = from.unfedMm;
    outMm3 = from.outMm3;
    dropMm3 = from.dropMm3;
    pressureLagS = from.pressureLagS;
    shapingXHz = from.shapingXHz;
    shapingYHz = from.shapingYHz;
    x = from.x;
    y = from.y;
    z = from.z;
    kind = from.kind;
  }

  Toolhead copy() {
    return new Toolhead(this);
  }

  /** Settings of the firmware outlive a print. */
  void settle(double advanceS, double xHz, double yHz) {
    pressureLagS = Math.abs(machine.hotend().pressureLagS() - advanceS);
    melt = new Melt(pressureLagS, STEP_S);
    shapingXHz = xHz;
    shapingYHz = yHz;
    shaperX = new Shaper(shapingXHz, STEP_S);
    shaperY = new Shaper(shapingYHz, STEP_S);
  }

  /** The endstops are found again, a little beside where they were. */
  void home(boolean homesX, boolean homesY, boolean homesZ, int times) {
    Noise draw = new Noise(Streams.seedOf(accidents, "home", times));
    double byX = machine.geometry().homingMm() * draw.normal();
    double byY = machine.geometry().homingMm() * draw.normal();
    double byZ = machine.geometry().homingZMm() * draw.normal();
    if (homesX) {
      homeX = byX;
      x = 0;
    }
    if (homesY) {
      homeY = byY;
      y = 0;
    }
    if (homesZ) {
      homeZ = byZ;
      z = 0;
    }
  }

  double xMm() {
    return x;
  }

  double yMm() {
    return y;
  }

  double zMm() {
    return z;
  }

  /**
   * Runs a move.
   *
   * @param presses whether it touches what lies there although nothing is extruded
   * @param tracks takes each bead when it has ended
   */
  void run(Move move, boolean presses, Consumer<Track> tracks) {
    boolean extrudes = move.travels() && move.unit(Move.E) > 0;
    boolean records =
        (extrudes || (presses && move.travels())) && Math.abs(move.unit(Move.Z)) < 0.2;
    Track.Kind kindNow = extrudes ? Track.Kind.EXTRUDED : Track.Kind.PRESSED;
    if (!records || kindNow != kind || bead.isFull()) {
      endBead(tracks);
    }
    kind = kindNow;
    Trapezoid trapezoid = move.trapezoid();
    double durationS = trapezoid.durationS();
    if (records && bead.isEmpty()) {
      outMm3 = 0;
      sample(0);
    }
    double sampledMm = 0;
    double steppedMm = 0;
    double t = untilStepS;
    while (t < durationS) {
      double speed = trapezoid.speedMmS(t);
      double mm = trapezoid.distanceMm(t);
      step(speed * move.unit(Move.X), speed * move.unit(Move.Y));
      melt(unfedMm + (mm - steppedMm) * move.unit(Move.E), extrudes ? mm - steppedMm : 0);
      unfedMm = 0;
      steppedMm = mm;
      place(move, mm);
      if (records && mm - sampledMm >= SAMPLE_MM) {
        sample(mm - sampledMm);
        sampledMm = mm;
      }
      t += STEP_S;
    }
    untilStepS = t - durationS;
    unfedMm += (move.lengthMm() - steppedMm) * move.unit(Move.E);
    timeS += durationS;
    place(move, move.lengthMm());
    if (records) {
      sample(move.lengthMm() - sampledMm);
      bead.endMove(move.nominalMmS());
    }
  }

  /** Comes to a standstill. */
  void rest(Consumer<Track> tracks) {
    endBead(tracks);
    ringX.rest();
    ringY.rest();
    melt.rest();
    speedX = 0;
    speedY = 0;
    untilStepS = 0;
  }

  private void endBead(Consumer<Track> tracks) {
    if (!bead.isEmpty()) {
      bead.finish(kind, tracks);
    }
  }

  private void place(Move move, double mm) {
    x = move.from(Move.X) + move.unit(Move.X) * mm;
    y = move.from(Move.Y) + move.unit(Move.Y) * mm;
    z = move.from(Move.Z) + move.unit(Move.Z) * mm;
    // Play: the carriage stays until the motor has taken it up.
    Kinematics kinematics = machine.kinematics();
    heldFirst = held(heldFirst, kinematics.first(x, y), machine.first().backlashMm());
    heldSecond = held(heldSecond, kinematics.second(x, y), machine.second().backlashMm());
  }

  private static double held(double held, double motor, double backlashMm) {
    return Math.max(motor - backlashMm / 2, Math.min(motor + backlashMm / 2, held));
  }

  private void step(double toSpeedX, double toSpeedY) {
    ringX.step(shaperX.shaped(toSpeedX - speedX));
    ringY.step(shaperY.shaped(toSpeedY - speedY));
    speedX = toSpeedX;
    speedY = toSpeedY;
  }

  /**
   * What the gears push comes out in time.
   *
   * @param feedMm of filament during the step
   * @param layMm way on which plastic is laid during the step, 0 when it can only cling
   */
  private void melt(double feedMm, double layMm) {
    double comesMm3 = melt.step(pushedMm3(feedMm));
    if (feedMm > 0) {
      double hunting = machine.hotend().ripple().at(timeS + ripplePhaseS);
      comesMm3 *= (1 + hunting) * (1 + flow.now());
    }
    if (layMm > 0) {
      double off = dropMm3 * -Math.expm1(-layMm / DROP_OFF_MM);
      dropMm3 -= off;
      outMm3 += comesMm3 + off;
    } else {
      dropMm3 = Math.min(DROP_MM3, dropMm3 + comesMm3);
    }
  }

  /** The gears' error is one of place: what a retraction takes back it gives again exactly. */
  private double pushedMm3(double feedMm) {
    if (feedMm == 0) {
      return 0;
    }
    fedMm += feedMm;
    furthestMm = Math.max(furthestMm, fedMm);
    if (fedMm == furthestMm) {
      filament.after(feedMm, noise);
    }
    return feedMm
        * FILAMENT_MM2
        * (1 + machine.gears().errorAt(fedMm - 0.5 * feedMm))
        * (1 + filament.now());
  }

  private void sample(double sinceMm) {
    flow.after(sinceMm, noise);
    Kinematics kinematics = machine.kinematics();
    double first = heldFirst + machine.first().errorMm(kinematics.first(x, y));
    double second = heldSecond + machine.second().errorMm(kinematics.second(x, y));
    double realY =
        kinematics.y(first, second)
            + homeY
            + ringY.deflectionMm()
            + sidewaysY.after(sinceMm, noise);
    double realX =
        kinematics.x(first, second)
            + machine.geometry().skewRad() * y
            + homeX
            + ringX.deflectionMm()
            + sidewaysX.after(sinceMm, noise);
    bead.add(realX, realY, z + homeZ, outMm3);
  }
}
