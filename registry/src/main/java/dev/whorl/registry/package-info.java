package dev.whorl.registry;
