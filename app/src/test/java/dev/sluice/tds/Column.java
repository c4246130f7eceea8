package dev.sluice.tds;

/** A column of a result, which may hold NULL. */
public record Column(String name, SqlType type) {}
