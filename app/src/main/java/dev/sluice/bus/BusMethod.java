package dev.sluice.bus;

/**
 * A method of an object on the bus.
 *
 * @param type its interface
 * @param name its name
 * @param arguments signature of what it takes; may be empty
 * @param answer signature of what it answers; may be empty
 */
public record BusMethod(String type, String name, String arguments, String answer) {}
