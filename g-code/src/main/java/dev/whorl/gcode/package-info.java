package dev.whorl.gcode;
