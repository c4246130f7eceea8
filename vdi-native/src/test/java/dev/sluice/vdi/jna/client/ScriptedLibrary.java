package dev.sluice.vdi.jna.client;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A library in Java, whose sets a test plays the server of. */
final class ScriptedLibrary implements ClientLibrary {

    /** The native objects made so far, in order. */
    final List<ScriptedBinding> made = new ArrayList<>();

    private final IntFunction<ScriptedBinding> maker;

    /** What the next object's Create and OpenInSecondary return. */
    int beginResult;

    /** What making an object fails with; null lets it succeed. */
    @Nullable VdiException refusal;

    ScriptedLibrary() {
        this(ScriptedBinding::new);
    }

    /**
     * @param maker of native objects whose Create returns a number
     */
    ScriptedLibrary(IntFunction<ScriptedBinding> maker) {
        this.maker = maker;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public List<Said> checkInstance(@Nullable String instanceName) {
        return instanceName == null || instanceName.isEmpty()
                ? List.of()
                : List.of(Said.asIs("no instances here"));
    }

    @Override
    public List<Said> checkName(String name) {
        return name.startsWith("bad") ? List.of(Said.asIs("the name starts with bad")) : List.of();
    }

    @Override
    public ClientBinding newDeviceSet() throws VdiException {
        if (refusal != null) {
            throw refusal;
        }
        ScriptedBinding binding = maker.apply(beginResult);
        made.add(binding);
        return binding;
    }

    /** The native object made last. */
    ScriptedBinding last() {
        return made.getLast();
    }
}
