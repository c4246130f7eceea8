package dev.sluice.vdi.protocol;

/**
 * One way a call can end: what it returns, and the state the set is in afterwards.
 *
 * @param status what the call returns
 * @param next the state afterwards
 */
public record Transition(VdiStatus status, DeviceSetState next) {}
