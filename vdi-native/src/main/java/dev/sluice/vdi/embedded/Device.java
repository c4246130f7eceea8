package dev.sluice.vdi.embedded;

import dev.sluice.vdi.embedded.CommandSlot.Stage;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.DeviceState;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerCommand;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * One device of a set: its queue, the commands in the client's hands, and its IO-ERROR state
 * (vdi-facts J.2). Guarded by the set's monitor.
 */
final class Device {

    private static final int SUCCESS = CompletionCode.SUCCESS.number();

    private final int index;
    private final CompletionAgent agent;
    private final StallWatch watch;
    private final CommandSlot[] slots = new CommandSlot[EmbeddedVdi.QUEUE_DEPTH];
    private final SlotRing idle = new SlotRing(EmbeddedVdi.QUEUE_DEPTH);
    private final SlotRing queue = new SlotRing(EmbeddedVdi.QUEUE_DEPTH);
    private final WaitingRoom fetchers = new WaitingRoom();
    private final AtomicInteger calledBack = new AtomicInteger();

    private DeviceState state = DeviceState.UNOPENED;
    private @Nullable String name;
    private @Nullable ClientEnd client;
    private boolean closeDelivered;
    private int fetched;
    private int sent;

    /**
     * @param index from 0, in the order of the statement
     */
    Device(int index, CompletionAgent agent, StallWatch watch) {
        this.index = index;
        this.agent = agent;
        this.watch = watch;
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new CommandSlot(this);
            idle.add(slots[i]);
        }
    }

    int index() {
        return index;
    }

    void openForServer(String publicName) {
        state = state.to(DeviceState.OPEN);
        name = publicName;
    }

    void openForClient(ClientEnd opener) {
        client = opener;
    }

    boolean isNamed(String wanted) {
        return wanted.equals(name);
    }

    DeviceState state() {
        return state;
    }

    @Nullable ClientEnd client() {
        return client;
    }

    WaitingRoom fetchers() {
        return fetchers;
    }

    /** Commands that wait for the client; may be called outside the monitor. */
    int queued() {
        return queue.count();
    }

    /** Commands sent whose routine has not begun to run. */
    int outstanding() {
        return sent - calledBack.get();
    }

    /** Called by the agent, outside the monitor, just before it runs a command's routine. */
    void callingBack() {
        calledBack.setRelease(calledBack.getPlain() + 1);
    }

    /** Why a command cannot be queued now, or NOERROR. */
    VdiStatus admission(ServerCommand command) {
        if (state == DeviceState.UNOPENED || state == DeviceState.CLOSED || !agent.isRunning()) {
            return VdiStatus.PROTOCOL;
        }
        if (state == DeviceState.IO_ERROR && !isClearError(command.rawCode())) {
            return VdiStatus.IO_ERROR;
        }
        return idle.count() == 0 ? VdiStatus.QUEUE_FULL : VdiStatus.NOERROR;
    }

    /**
     * Queues an admitted command.
     *
     * @return the fetcher to unpark, or null
     */
    @Nullable Thread enqueue(ServerCommand command, @Nullable AreaBuffer buffer) {
        CommandSlot slot = idle.poll();
        if (slot == null) {
            throw new IllegalStateException("A command was queued that was not admitted");
        }
        slot.queue(command, buffer);
        queue.add(slot);
        sent++;
        watch.sent();
        return fetchers.callOne();
    }

    /** The next command for the client, or null when there is none yet. */
    @Nullable CommandSlot fetch(ClientEnd fetcher) {
        CommandSlot head = queue.peek();
        if (head == null || isHeldBack(head)) {
            return null;
        }
        queue.poll();
        head.fetch(fetcher);
        fetched++;
        return head;
    }

    private boolean isHeldBack(CommandSlot head) {
        return state == DeviceState.IO_ERROR && fetched > 0 && isClearError(head.rawCode());
    }

    /**
     * Takes a command back from the client.
     *
     * @return the fetcher to unpark, or null
     */
    @Nullable Thread complete(CommandSlot slot, int code, int bytes, long position) {
        boolean clearError = isClearError(slot.rawCode());
        fetched--;
        finish(slot, code, bytes, position);
        if (code != SUCCESS) {
            fail();
        } else if (clearError && state == DeviceState.IO_ERROR) {
            state = state.to(DeviceState.OPEN);
        }
        return fetched == 0 && queue.count() > 0 ? fetchers.callOne() : null;
    }

    private void fail() {
        if (state != DeviceState.OPEN) {
            // what waits now is a ClearError that was sent since
            return;
        }
        state = state.to(DeviceState.IO_ERROR);
        CommandSlot undelivered;
        while ((undelivered = queue.poll()) != null) {
            finish(undelivered, CompletionCode.IO_DEVICE.number(), 0, 0);
        }
    }

    private void finish(CommandSlot slot, int code, int bytes, long position) {
        slot.finish(code, bytes, position);
        watch.completed();
        agent.add(slot);
    }

    /** Answers every outstanding command with 995; what the client holds, it goes on holding. */
    void abort() {
        int aborted = CompletionCode.OPERATION_ABORTED.number();
        for (CommandSlot slot : slots) {
            if (slot.stage() == Stage.FETCHED) {
                slot.orphan(aborted);
                watch.completed();
                agent.add(slot);
            }
        }
        CommandSlot undelivered;
        while ((undelivered = queue.poll()) != null) {
            finish(undelivered, aborted, 0, 0);
        }
        fetchers.callAll();
    }

    void recycle(CommandSlot slot) {
        slot.clear();
        idle.add(slot);
    }

    void close() {
        state = state.to(DeviceState.CLOSED);
        fetchers.callAll();
    }

    /** The client has seen VD_E_CLOSE. */
    void deliverClose() {
        closeDelivered = true;
    }

    boolean isCloseDelivered() {
        return closeDelivered;
    }

    /** Whether this client opened the device and has not seen its end (ABORT-28). */
    boolean isOpenFor(ClientEnd end) {
        return client == end && !closeDelivered;
    }

    private static boolean isClearError(int rawCode) {
        return rawCode == CommandCode.CLEAR_ERROR.number();
    }
}
