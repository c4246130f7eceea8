package dev.sluice.secret;

/**
 * A method of an object on the bus.
 *
 * @param type its interface
 * @param name its name
 * @param arguments signature of what it takes; may be empty
 * @param answer signature of what it answers; may be empty
 */
record BusMethod(String type, String name, String arguments, String answer) {}
