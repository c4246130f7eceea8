package dev.sluice.sql.embedded;

import dev.sluice.vdi.protocol.CodeExplanations;
import dev.sluice.vdi.protocol.CommandCode;

/** A device answered a command with an error, or the set was aborted. */
final class DeviceFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final String device;
    private final CommandCode command;
    private final int code;

    /**
     * @param code a Win32 status
     */
    DeviceFailure(String device, CommandCode command, int code) {
        super(
                "%s on \"%s\" was answered with %s"
                        .formatted(command.symbol(), device, CodeExplanations.ofCompletion(code)));
        this.device = device;
        this.command = command;
        this.code = code;
    }

    String device() {
        return device;
    }

    CommandCode command() {
        return command;
    }

    int code() {
        return code;
    }
}
