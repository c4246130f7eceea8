package dev.sluice.ui.restore;

import dev.sluice.job.Plan;
import dev.sluice.job.RestoreRequest;
import dev.sluice.job.SluiceEngine;

import java.io.IOException;
import java.util.List;

/**
 * The engine, as a guided restore sees it.
 *
 * @param trigger who or what looks, for the log
 */
public record EngineDesk(SluiceEngine engine, String trigger) implements RestoreDesk {

    @Override
    public KnownSets.Found find(KnownSets.Place place) throws IOException {
        return new KnownSets(engine.history()).find(place);
    }

    @Override
    public List<String> servers() {
        return engine.serverNames().found();
    }

    @Override
    public Plan plan(RestoreRequest request) {
        return engine.plan(request, trigger);
    }
}
