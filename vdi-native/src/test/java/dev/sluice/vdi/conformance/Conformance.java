package dev.sluice.vdi.conformance;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests that every provider passes. Where providers may differ, {@link Trait} says so, and nothing
 * else does.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Provider.class)
abstract class Conformance extends ProviderTest {}
