package dev.sluice.job;

import dev.sluice.words.Told;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What a run did, as JSON beside the fields of its row. Rows of version 1 have none of it, those of
 * version 2 no throughput.
 */
final class StoryFormat {

    private StoryFormat() {}

    static void write(RunStory story, ObjectNode tree) {
        tree.put("command", story.command());
        ArrayNode events = tree.putArray("events");
        for (JobEvent event : story.events()) {
            ObjectNode line =
                    events.addObject()
                            .put("at", event.at().toString())
                            .put("level", event.level().name());
            ToldFormat.put(line, "text", "told", event.told());
        }
        ArrayNode drain = tree.putArray("drain");
        for (DrainStep step : story.drain()) {
            ObjectNode line =
                    drain.addObject()
                            .put("phase", step.phase().name())
                            .put("status", step.status().name())
                            .put("elapsedMillis", step.elapsed().toMillis());
            ToldFormat.put(line, "detail", "told", step.told());
        }
        ArrayNode devices = tree.putArray("devices");
        for (RunStory.Device device : story.devices()) {
            devices.addObject()
                    .put("name", device.name())
                    .put("stripe", device.stripe().toString())
                    .put("bytes", device.bytes());
        }
        ArrayNode throughput = tree.putArray("throughput");
        for (RunStory.Moved moved : story.throughput()) {
            throughput
                    .addObject()
                    .put("atMillis", moved.at().toMillis())
                    .put("bytes", moved.bytes());
        }
    }

    static RunStory read(JsonFields fields) {
        return new RunStory(
                fields.objectsOrNone("events").stream().map(StoryFormat::event).toList(),
                fields.objectsOrNone("drain").stream().map(StoryFormat::step).toList(),
                fields.objectsOrNone("devices").stream().map(StoryFormat::device).toList(),
                fields.objectsOrNone("throughput").stream().map(StoryFormat::moved).toList(),
                fields.textOrNull("command"));
    }

    private static JobEvent event(JsonFields event) {
        return new JobEvent(
                Instant.parse(event.text("at")),
                JobEvent.Level.valueOf(event.text("level")),
                Objects.requireNonNullElse(ToldFormat.get(event, "text", "told"), Told.NOTHING));
    }

    private static DrainStep step(JsonFields step) {
        return new DrainStep(
                DrainStep.Phase.valueOf(step.text("phase")),
                DrainStep.Status.valueOf(step.text("status")),
                Duration.ofMillis(step.number("elapsedMillis")),
                Objects.requireNonNullElse(ToldFormat.get(step, "detail", "told"), Told.NOTHING));
    }

    private static RunStory.Moved moved(JsonFields moved) {
        return new RunStory.Moved(
                Duration.ofMillis(moved.number("atMillis")), moved.number("bytes"));
    }

    private static RunStory.Device device(JsonFields device) {
        return new RunStory.Device(
                device.text("name"), device.path("stripe"), device.number("bytes"));
    }
}
