package dev.sluice.ui.running;

import dev.sluice.job.JobSnapshot.Device;
import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Texts;
import dev.sluice.vdi.DeviceSetObservation;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** A device as a row of the table. FX thread. */
public final class DeviceRow {

    private final int index;
    private final Texts texts;
    private final ReadOnlyObjectWrapper<DeviceState> state =
            new ReadOnlyObjectWrapper<>(DeviceState.OPEN);
    private final ReadOnlyObjectWrapper<Shares> shares = new ReadOnlyObjectWrapper<>(Shares.NONE);
    private final ReadOnlyStringWrapper stripe = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper command = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper bytes = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper rate = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper inHand = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper queued = new ReadOnlyStringWrapper("");

    DeviceRow(int index, Texts texts) {
        this.index = index;
        this.texts = texts;
    }

    void show(Device device) {
        state.set(device.state());
        shares.set(Shares.of(device.times()));
        stripe.set(String.valueOf(device.stripe().getFileName()));
        command.set(device.command());
        bytes.set(Formats.bytesInShort(device.bytes()));
        rate.set(
                device.bytesPerSecond() > 0
                        ? Formats.rateInShort(device.bytesPerSecond())
                        : texts.get("job.unknown"));
        inHand.set(Integer.toString(device.inHand()));
        queued.set(
                device.queued() == DeviceSetObservation.UNKNOWN
                        ? texts.get("job.unknown")
                        : Integer.toString(device.queued()));
    }

    /** From 0, in the order of the statement. */
    public int index() {
        return index;
    }

    /** What its worker does. */
    public ReadOnlyObjectProperty<DeviceState> state() {
        return state.getReadOnlyProperty();
    }

    /** What its worker has spent its time on. */
    ReadOnlyObjectProperty<Shares> shares() {
        return shares.getReadOnlyProperty();
    }

    /** Name of the stripe's file. */
    public ReadOnlyStringProperty stripe() {
        return stripe.getReadOnlyProperty();
    }

    /** The current command. */
    public ReadOnlyStringProperty command() {
        return command.getReadOnlyProperty();
    }

    /** Moved so far. */
    public ReadOnlyStringProperty bytes() {
        return bytes.getReadOnlyProperty();
    }

    /** Rate of the last seconds. */
    public ReadOnlyStringProperty rate() {
        return rate.getReadOnlyProperty();
    }

    /** Commands fetched and not completed. */
    public ReadOnlyStringProperty inHand() {
        return inHand.getReadOnlyProperty();
    }

    /** Commands that wait in the set's queue. */
    public ReadOnlyStringProperty queued() {
        return queued.getReadOnlyProperty();
    }
}
