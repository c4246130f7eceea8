package dev.sluice.job;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.ClientFunction;
import dev.sluice.vdi.protocol.CodeExplanation;
import dev.sluice.vdi.protocol.CodeExplanations;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The device set of one job, from Create to Close. The job's thread makes, aborts and closes it;
 * its state may be asked from any thread, and any may call that thread out of OpenDevice.
 */
final class DeviceSetHandle {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceSetHandle.class);

    /** What a set is called in a statement that is only shown. */
    static final String EXAMPLE = "Sluice-example";

    /** Short, so that a statement which failed before it attached is noticed soon. */
    private static final long CONFIGURATION_WAIT_MILLIS = 100;

    /** After so many waits, about half a minute, the user should know what the job waits for. */
    private static final int WAITS_TO_TELL_OF = 300;

    private final ClientDeviceSet set;
    private final List<String> names;
    private volatile boolean created;
    private volatile boolean configured;
    private volatile boolean opening;
    private volatile boolean closed;

    DeviceSetHandle(ClientDeviceSet set, int devices) {
        this.set = set;
        this.names = names("Sluice-" + UUID.randomUUID(), devices);
    }

    /** The first device has the set's own name. */
    static List<String> names(String setName, int devices) {
        List<String> names = new ArrayList<>();
        names.add(setName);
        for (int device = 2; device <= devices; device++) {
            names.add(setName + "-" + device);
        }
        return List.copyOf(names);
    }

    List<String> names() {
        return names;
    }

    void create(@Nullable String instance, int features) throws VdiException {
        set.create(
                instance, names.getFirst(), DeviceSetConfiguration.request(names.size(), features));
        created = true;
    }

    /**
     * Waits for the server's configuration, while nothing else happens.
     *
     * @param log hears of it when that takes long
     * @return null when one of the job's signals came first
     */
    @Nullable DeviceSetConfiguration awaitConfiguration(JobSignals signals, JobLog log)
            throws VdiException {
        int waits = 0;
        while (!signals.isRaised(JobSignals.Signal.STOP_REQUESTED)) {
            boolean ended = signals.isRaised(JobSignals.Signal.STATEMENT_ENDED);
            DeviceSetConfiguration answer =
                    set.getConfiguration(ended ? 0 : CONFIGURATION_WAIT_MILLIS);
            if (answer != null || ended) {
                configured = answer != null;
                return answer;
            }
            waits++;
            if (waits == WAITS_TO_TELL_OF) {
                log.warning(stillUnattached());
            }
        }
        return null;
    }

    private static Told stillUnattached() {
        CodeExplanation timeout =
                CodeExplanations.ofHresult(
                        VdiStatus.TIMEOUT.hresult(), ClientFunction.GET_CONFIGURATION.symbol());
        return Told.of(
                "log.unattached",
                Told.of(timeout.said()),
                Told.of(timeout.likelyCause()),
                Told.of(timeout.whatToDo()));
    }

    /**
     * Opens the devices. Each may keep the job's thread waiting until the server has opened its
     * end; a stop calls it out with VD_E_ABORT.
     */
    List<ClientDevice> openDevices(JobSignals signals) throws VdiException {
        opening = true;
        try {
            List<ClientDevice> devices = new ArrayList<>();
            for (String name : names) {
                if (signals.isRaised(JobSignals.Signal.STOP_REQUESTED)) {
                    set.signalAbort();
                }
                devices.add(set.openDevice(name));
            }
            return devices;
        } finally {
            opening = false;
        }
    }

    /**
     * Calls the job's thread out of OpenDevice, after the stop was signalled; from any thread,
     * which does not wait for it.
     */
    void abortOpening() {
        if (opening) {
            Thread.ofPlatform().name("abort-" + names.getFirst()).daemon().start(this::abortNow);
        }
    }

    private void abortNow() {
        try {
            set.signalAbort();
        } catch (VdiException e) {
            // the job's thread left on its own and has closed the set since
            LOG.debug("{} needed no abort any more", names.getFirst(), e);
        }
    }

    boolean isOpen() {
        return created && !closed;
    }

    void signalAbort() throws VdiException {
        set.signalAbort();
    }

    /** Only when no buffer of the set is in our hands any more. */
    void close() throws VdiException {
        closed = true;
        set.close();
    }

    /**
     * What is done with each shared buffer; empty before the configuration and after the end.
     *
     * @param devices what their workers do; may be fewer than the set has
     * @return a list of the caller's own
     */
    List<BufferUse> buffers(List<JobSnapshot.Device> devices) {
        if (!configured || closed) {
            return new ArrayList<>();
        }
        return set.observe().map(look -> uses(look, devices)).orElseGet(ArrayList::new);
    }

    private static List<BufferUse> uses(
            DeviceSetObservation look, List<JobSnapshot.Device> devices) {
        int count = look.bufferCount();
        List<BufferUse> uses = new ArrayList<>(count);
        for (int buffer = 0; buffer < count; buffer++) {
            uses.add(use(look, buffer, devices));
        }
        return uses;
    }

    private static BufferUse use(
            DeviceSetObservation look, int buffer, List<JobSnapshot.Device> devices) {
        return switch (look.holder(buffer)) {
            case FREE -> BufferUse.FREE;
            case SERVER -> BufferUse.SERVER;
            case QUEUED -> BufferUse.QUEUED;
            case CLIENT -> {
                int device = look.device(buffer);
                boolean known = device >= 0 && device < devices.size();
                yield known ? BufferUse.by(devices.get(device)) : BufferUse.HELD;
            }
        };
    }

    /** Commands waiting in a device's queue, or {@link DeviceSetObservation#UNKNOWN}. */
    int queued(int device) {
        if (!configured || closed) {
            return configured ? 0 : DeviceSetObservation.UNKNOWN;
        }
        return set.observe().map(look -> look.queued(device)).orElse(DeviceSetObservation.UNKNOWN);
    }
}
