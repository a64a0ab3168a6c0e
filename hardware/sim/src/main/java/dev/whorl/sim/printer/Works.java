package dev.whorl.sim.printer;

import dev.whorl.sim.bed.BedContents;
import dev.whorl.sim.firmware.Mechanics;
import dev.whorl.sim.firmware.Move;
import dev.whorl.sim.machine.Machine;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.Service;
import java.util.List;

/** The machine at work: its toolhead of today, and the plate under it. */
public final class Works implements Mechanics {

  private final MachineLife life;
  private final Plate plate = new Plate();
  private int print;
  private int homings;
  private Machine machine;
  private Toolhead toolhead;
  private double advanceS;
  private double shapingXHz;
  private double shapingYHz;
  private boolean changed = true;

  /**
   * A machine with an empty plate.
   *
   * @param life who it is and how old
   * @param firstPrint number of its next print; a print of another number has other accidents
   */
  public Works(MachineLife life, int firstPrint) {
    this.life = life;
    this.print = firstPrint;
    this.machine = life.today(print);
    this.toolhead = new Toolhead(machine, life.accidents(print));
    plate.begin(print);
  }

  @Override
  public void execute(Move move) {
    run(toolhead, plate, move);
    changed = true;
  }

  private void run(Toolhead head, Plate on, Move move) {
    boolean presses =
        move.unit(Move.E) <= 0
            && move.travels()
            && on.touches(move.from(Move.X), move.from(Move.Y), move.from(Move.Z))
            && on.touches(move.to(Move.X), move.to(Move.Y), move.to(Move.Z));
    head.run(move, presses, track -> on.add(track, machine.nozzle(), life.accidents(print)));
  }

  @Override
  public void rest() {
    rest(toolhead, plate);
  }

  private void rest(Toolhead head, Plate on) {
    head.rest(track -> on.add(track, machine.nozzle(), life.accidents(print)));
  }

  @Override
  public void home(boolean x, boolean y, boolean z) {
    if (plate.printed(print)) {
      beginPrint();
    }
    homings++;
    toolhead.home(x, y, z, homings);
    changed = true;
  }

  @Override
  public void linearAdvance(double seconds) {
    advanceS = seconds;
    toolhead.settle(advanceS, shapingXHz, shapingYHz);
  }

  @Override
  public void inputShaping(double xHz, double yHz) {
    shapingXHz = xHz;
    shapingYHz = yHz;
    toolhead.settle(advanceS, shapingXHz, shapingYHz);
  }

  @Override
  public double bedMm(double xMm, double yMm) {
    return machine.geometry().bedMm(xMm, yMm, life.model().travelXMm(), life.model().travelYMm());
  }

  private void beginPrint() {
    print++;
    homings = 0;
    machine = life.today(print);
    toolhead = new Toolhead(machine, life.accidents(print));
    toolhead.settle(advanceS, shapingXHz, shapingYHz);
    plate.begin(print);
  }

  /** Days pass; what is printed next is printed by the older machine. */
  public void age(double days) {
    life.age(days);
    beginPrint();
  }

  /** A part is serviced; what is printed next is printed by the other part. */
  public void service(Service service) {
    life.service(service);
    beginPrint();
  }

  /** Someone takes everything off the plate; returns how many things that were. */
  public int clear() {
    changed = true;
    return plate.clear();
  }

  /** The machine as the present print finds it. */
  public Machine machine() {
    return machine;
  }

  /** Whether something has happened since the last {@link #contents}. */
  public boolean changed() {
    return changed;
  }

  /**
   * What lies on the plate, if the moves that are known but not settled ended in a standstill.
   *
   * @param pending those moves; they are not executed by this
   */
  public BedContents contents(List<Move> pending) {
    changed = false;
    Toolhead head = toolhead;
    Plate on = plate;
    if (!pending.isEmpty()) {
      head = toolhead.copy();
      on = plate.copy();
      for (Move move : pending) {
        run(head, on, move);
      }
      rest(head, on);
    }
    return on.contents(head.xMm(), head.yMm(), head.zMm());
  }
}
