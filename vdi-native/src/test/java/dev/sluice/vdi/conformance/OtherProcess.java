package dev.sluice.vdi.conformance;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The other process of a {@link TwoProcessTest}: a client or a server that does what it is told
 * line by line. It answers each line with a status, or with what it was asked for.
 */
final class OtherProcess {

    private static final String DONE = "NOERROR";

    private final Ends ends;
    private final Rig rig;
    private final String set;
    private @Nullable Command command;
    private @Nullable ByteBuffer mapped;

    private OtherProcess(Ends ends, String set, int devices) {
        this.ends = ends;
        this.set = set;
        this.rig = ends.rig(set, DeviceSetConfiguration.request(devices, 0));
    }

    /**
     * @param arguments the provider, the set's name, how many devices it has
     */
    public static void main(String[] arguments) throws Exception {
        Ends ends = Provider.valueOf(arguments[0]).open();
        OtherProcess process = new OtherProcess(ends, arguments[1], Integer.parseInt(arguments[2]));
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = input.readLine();
        while (line != null) {
            System.out.println(process.answer(line));
            line = input.readLine();
        }
    }

    private String answer(String line) {
        try {
            return obey(line.split(" ", -1));
        } catch (VdiException e) {
            return e.status().name();
        }
    }

    private String obey(String[] words) throws VdiException {
        int number = words.length > 1 ? Integer.parseInt(words[1]) : 0;
        switch (words[0]) {
            case "create" -> rig.create();
            case "join" -> rig.client.openInSecondary(null, set);
            case "configuration" -> Objects.requireNonNull(rig.client.getConfiguration(-1));
            case "open" -> rig.openClientDevice(rig.deviceName(number));
            case "map" -> mapped = rig.client.mapBufferHandle(number, Rig.TRANSFER);
            case "sum" -> {
                return Integer.toString(sum(Objects.requireNonNull(mapped)));
            }
            case "fill" -> fill(Objects.requireNonNull(mapped), (byte) number);
            case "fetch" -> {
                command = rig.await(0);
                return command.code().name();
            }
            case "complete" -> rig.complete(Objects.requireNonNull(command), number);
            case "abort" -> rig.client.signalAbort();
            case "close" -> rig.client.close();
            case "attach" -> rig.attach();
            case "decide" -> rig.decide();
            case "serve" -> rig.openServerDevices().startAgent();
            case "write" -> rig.write();
            case "end" -> ends.close();
            default -> throw new IllegalArgumentException(words[0]);
        }
        return DONE;
    }

    static int sum(ByteBuffer buffer) {
        int sum = 0;
        for (int i = 0; i < buffer.capacity(); i++) {
            sum = 31 * sum + buffer.get(i);
        }
        return sum;
    }

    private static void fill(ByteBuffer buffer, byte value) {
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, value);
        }
    }
}
