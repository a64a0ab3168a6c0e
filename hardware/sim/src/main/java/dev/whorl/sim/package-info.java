package dev.whorl.sim;
