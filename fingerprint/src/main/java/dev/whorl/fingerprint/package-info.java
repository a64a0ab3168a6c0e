package dev.whorl.fingerprint;
