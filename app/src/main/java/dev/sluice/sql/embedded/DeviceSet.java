package dev.sluice.sql.embedded;

import dev.sluice.sql.TransferOptions;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.ServerVdiProvider;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The server's end of a statement's device set, from Open to Close (vdi-facts A.2). The statement's
 * thread opens, configures and closes it; any thread may abort it.
 */
final class DeviceSet implements AutoCloseable {

    /** BLOCKSIZE of a virtual device unless the statement gives another. */
    static final int DEFAULT_BLOCK_SIZE = 512;

    /** MAXTRANSFERSIZE of a virtual device unless the statement gives another. */
    static final int DEFAULT_MAX_TRANSFER_SIZE = 65536;

    private static final Logger LOG = LoggerFactory.getLogger(DeviceSet.class);

    private final ServerDeviceSet set;
    private final List<String> names;
    private final List<DeviceChannel> channels = new ArrayList<>();
    private final TransferPool pool;
    private final int blockSize;
    private final int maxTransferSize;
    private final int bufferCount;

    /** No abort is under way while the set is closed. */
    private final Object closing = new Object();

    private boolean closed; // guarded by closing
    private int clientFeatures;
    private @Nullable Thread agent;

    private DeviceSet(ServerDeviceSet set, List<String> names, TransferOptions sizes) {
        this.set = set;
        this.names = names;
        this.blockSize = sizes.blockSize() == 0 ? DEFAULT_BLOCK_SIZE : sizes.blockSize();
        this.maxTransferSize =
                sizes.maxTransferSize() == 0 ? DEFAULT_MAX_TRANSFER_SIZE : sizes.maxTransferSize();
        this.bufferCount =
                sizes.bufferCount() == 0 ? defaultBufferCount(names.size()) : sizes.bufferCount();
        this.pool = new TransferPool(bufferCount);
    }

    /**
     * BUFFERCOUNT unless the statement gives another: as many as a device can have outstanding, and
     * one more for each device that its thread works on.
     */
    static int defaultBufferCount(int devices) {
        return devices * (DeviceChannel.DEPTH + 1);
    }

    /**
     * Attaches to the set that the client created under the first device's name.
     *
     * @throws StatementException with message 3201 when there is none, or it does not fit
     */
    static DeviceSet open(ServerVdiProvider vdi, List<String> names, TransferOptions sizes)
            throws StatementException {
        ServerDeviceSet set = vdi.newServerDeviceSet();
        try {
            set.open(null, names.getFirst());
        } catch (VdiException e) {
            throw Messages.cannotOpenDevice(names.getFirst(), e);
        }
        DeviceSet opened = new DeviceSet(set, names, sizes);
        boolean fits = false;
        try {
            opened.checkRequest(set.getConfiguration());
            fits = true;
            return opened;
        } catch (VdiException e) {
            throw Messages.cannotOpenDevice(names.getFirst(), e);
        } finally {
            if (!fits) {
                opened.abort();
                opened.close();
            }
        }
    }

    private void checkRequest(DeviceSetConfiguration request) throws StatementException {
        if (request.deviceCount() != names.size()) {
            throw Messages.deviceCountDiffers(
                    names.getFirst(), names.size(), request.deviceCount());
        }
        if ((request.features() & (Features.FILE_MARKS | Features.RANDOM_ACCESS)) != 0) {
            throw Messages.notLikePipe(names.getFirst(), request.features());
        }
        clientFeatures = request.features();
    }

    /**
     * Configures the set, opens its devices and starts the completion agent.
     *
     * @param direction {@link Features#WRITE_MEDIA} or {@link Features#READ_MEDIA}
     */
    void configure(int direction) throws StatementException {
        boolean complete = direction == Features.WRITE_MEDIA && requestsComplete();
        int features = clientFeatures | direction | (complete ? Features.COMPLETE_ENABLED : 0);
        try {
            set.beginConfiguration(
                    new ServerConfiguration(features, 0, blockSize, maxTransferSize, 0));
            set.requestBuffers(maxTransferSize, 0, bufferCount);
            set.endConfiguration();
            for (String name : names) {
                channels.add(new DeviceChannel(set.openDevice(name)));
            }
            startAgent();
            fillPool();
        } catch (VdiException e) {
            throw e.status() == VdiStatus.MEMORY
                    ? Messages.outOfMemory(names.getFirst(), bufferCount, maxTransferSize)
                    : Messages.deviceFailed(names.getFirst(), e);
        }
    }

    private void fillPool() throws VdiException {
        for (int i = 0; i < bufferCount; i++) {
            pool.add(new Transfer(set.allocateBuffer(maxTransferSize, 0), pool));
        }
    }

    private void startAgent() {
        CountDownLatch running = new CountDownLatch(1);
        agent = Thread.ofPlatform().name("sluice-completion-agent").start(() -> serve(running));
        Threads.await(running);
    }

    private void serve(CountDownLatch running) {
        try {
            set.executeCompletionAgent(running::countDown);
        } catch (VdiException e) {
            // after an abort, which every sender learns from its own commands
            LOG.debug("the completion agent ended", e);
        } finally {
            running.countDown();
        }
    }

    /** Whether the client wants the Complete command at the end of a backup. */
    boolean requestsComplete() {
        return (clientFeatures & Features.REQUEST_COMPLETE) != 0;
    }

    /** The devices, in the order of the statement. */
    List<DeviceChannel> channels() {
        return channels;
    }

    TransferPool pool() {
        return pool;
    }

    int blockSize() {
        return blockSize;
    }

    int maxTransferSize() {
        return maxTransferSize;
    }

    /**
     * Closes every device: the normal end, after which an abort has no effect on the statement.
     *
     * @param last the command that went before, for the message
     * @throws DeviceFailure when the set was aborted before that
     */
    void closeDevices(CommandCode last) throws DeviceFailure {
        for (DeviceChannel channel : channels) {
            if (!channel.close()) {
                throw new DeviceFailure(
                        channel.name(), last, CompletionCode.OPERATION_ABORTED.number());
            }
        }
    }

    /** Aborts the set for both ends; any thread, also when there is no set any more. */
    void abort() {
        synchronized (closing) {
            if (closed) {
                // nothing is left to abort
                return;
            }
            try {
                set.signalAbort();
            } catch (VdiException e) {
                LOG.debug("the set cannot be aborted", e);
            }
        }
    }

    /**
     * Closes what is still open: waits for outstanding commands, closes the devices, and releases
     * the set, which lets the agent end if the last device has not.
     */
    @Override
    public void close() {
        for (DeviceChannel channel : channels) {
            channel.settle();
            channel.close();
        }
        synchronized (closing) {
            closed = true;
        }
        try {
            set.close();
        } catch (VdiException e) {
            // released all the same; the reason was told by what failed before
            LOG.debug("the set was closed with devices open", e);
        }
        if (agent != null) {
            Threads.join(agent);
        }
    }
}
