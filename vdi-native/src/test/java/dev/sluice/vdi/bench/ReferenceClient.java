package dev.sluice.vdi.bench;

import dev.sluice.vdi.jna.Doubles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code reference_client.cpp}, a process for each turn. */
final class ReferenceClient {

    private static final Pattern RESULT =
            Pattern.compile(
                    "\\{\"bytes\":(\\d+),\"nanos\":(\\d+),\"cpuNanos\":(\\d+),\"ok\":true}\\s*");

    Turn run(Transfer transfer) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Doubles.referenceClient().toString(),
                                "devices=" + transfer.devices(),
                                "transfer=" + transfer.size(),
                                "bytes=" + transfer.bytes(),
                                "buffers=" + transfer.buffers(),
                                "outstanding=" + Transfer.OUTSTANDING));
        if (transfer.sink() != null) {
            command.add("sink=" + transfer.sink());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        Matcher result = RESULT.matcher(output);
        if (exit != 0 || !result.matches()) {
            throw new IllegalStateException(
                    "%s ended with %d: %s".formatted(command, exit, output));
        }
        return new Turn(
                Long.parseLong(result.group(1)),
                Long.parseLong(result.group(2)),
                Long.parseLong(result.group(3)));
    }
}
