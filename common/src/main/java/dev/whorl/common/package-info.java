package dev.whorl.common;
