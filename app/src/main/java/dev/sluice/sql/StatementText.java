package dev.sluice.sql;

import dev.sluice.vdi.protocol.DeviceSetConfiguration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** What the texts of BACKUP and RESTORE statements have in common. */
final class StatementText {

    private final List<String> options = new ArrayList<>();

    /** Adds an option that stands alone, when it is wanted. */
    StatementText flag(boolean wanted, String keyword) {
        if (wanted) {
            options.add(keyword);
        }
        return this;
    }

    /** Adds an option with a number; zero stands for "not given". */
    StatementText number(String keyword, int value) {
        return flag(value != 0, keyword + " = " + value);
    }

    /** Adds an option with a text; an empty one stands for "not given". */
    StatementText text(String keyword, String value) {
        return flag(!value.isEmpty(), keyword + " = " + TSql.quoteString(value));
    }

    /** Adds the three sizes. */
    StatementText sizes(TransferOptions transfer) {
        return number("BLOCKSIZE", transfer.blockSize())
                .number("BUFFERCOUNT", transfer.bufferCount())
                .number("MAXTRANSFERSIZE", transfer.maxTransferSize());
    }

    /** The WITH clause, with a blank before it; empty without options. */
    String with() {
        return options.isEmpty() ? "" : " WITH " + String.join(", ", options);
    }

    /** The list of VIRTUAL_DEVICE clauses. */
    static String devices(List<String> devices) {
        return devices.stream()
                .map(device -> "VIRTUAL_DEVICE = " + TSql.quoteString(device))
                .collect(Collectors.joining(", "));
    }

    /** Refuses a list of device names that no device set can have; returns an own copy. */
    static List<String> checkDevices(List<String> devices) {
        if (devices.isEmpty() || devices.size() > DeviceSetConfiguration.MAX_DEVICES) {
            throw new IllegalArgumentException(
                    "%d devices: a device set has 1 to %d"
                            .formatted(devices.size(), DeviceSetConfiguration.MAX_DEVICES));
        }
        if (devices.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a virtual device has no name");
        }
        if (new HashSet<>(devices).size() != devices.size()) {
            throw new IllegalArgumentException("two virtual devices have one name: " + devices);
        }
        return List.copyOf(devices);
    }

    static void checkStats(int stats) {
        if (stats < 0 || stats > 100) {
            throw new IllegalArgumentException("STATS %d is not 0 to 100".formatted(stats));
        }
    }
}
