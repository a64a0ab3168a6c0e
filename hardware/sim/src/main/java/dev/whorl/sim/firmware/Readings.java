package dev.whorl.sim.firmware;

/** What the firmware reads and wants of its heaters, and how hard they are driven (0 to 127). */
record Readings(
    double hotendC, double hotendTargetC, double bedC, double bedTargetC, int pwm, int bedPwm) {}
