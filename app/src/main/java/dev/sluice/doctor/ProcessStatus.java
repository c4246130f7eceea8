package dev.sluice.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What {@code /proc/self/status} tells about this process; see proc(5). */
final class ProcessStatus {

    /** Real, effective, saved and file system id, in this order. */
    private static final int EFFECTIVE = 1;

    private final List<String> lines;

    ProcessStatus(String content) {
        this.lines = content.lines().toList();
    }

    /** The effective user; empty when the text does not tell. */
    OptionalLong user() {
        return effective("Uid");
    }

    /** The effective group: that of new files and shared memory. */
    OptionalLong group() {
        return effective("Gid");
    }

    /** The supplementary groups. */
    List<Long> groups() {
        return numbers("Groups");
    }

    /** The umask; empty before Linux 4.7. */
    OptionalInt umask() {
        return value("Umask")
                .filter(value -> value.matches("[0-7]{1,6}"))
                .map(value -> OptionalInt.of(Integer.parseInt(value, 8)))
                .orElse(OptionalInt.empty());
    }

    private OptionalLong effective(String name) {
        List<Long> ids = numbers(name);
        return ids.size() > EFFECTIVE ? OptionalLong.of(ids.get(EFFECTIVE)) : OptionalLong.empty();
    }

    private List<Long> numbers(String name) {
        return Arrays.stream(value(name).orElse("").split("\\s+"))
                .filter(word -> word.matches("\\d{1,10}"))
                .map(Long::valueOf)
                .toList();
    }

    private Optional<String> value(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }
}
