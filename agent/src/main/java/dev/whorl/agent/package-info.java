package dev.whorl.agent;
