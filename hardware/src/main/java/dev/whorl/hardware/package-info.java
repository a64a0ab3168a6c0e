package dev.whorl.hardware;
