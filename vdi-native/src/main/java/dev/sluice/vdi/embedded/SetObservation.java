package dev.sluice.vdi.embedded;

import dev.sluice.vdi.DeviceSetObservation;

/** Reads a set's counters without its monitor. */
final class SetObservation implements DeviceSetObservation {

    private final BufferArea area;
    private final Device[] devices;

    SetObservation(SharedSet set) {
        this.area = set.area();
        this.devices = set.devices();
    }

    @Override
    public int bufferCount() {
        return area.buffers().length;
    }

    @Override
    public Holder holder(int bufferId) {
        return area.buffers()[bufferId].holder();
    }

    @Override
    public int device(int bufferId) {
        return area.buffers()[bufferId].device();
    }

    @Override
    public int outstanding() {
        int outstanding = 0;
        for (AreaBuffer buffer : area.buffers()) {
            if (buffer.holder() == Holder.CLIENT) {
                outstanding++;
            }
        }
        return outstanding;
    }

    @Override
    public int queued(int device) {
        return devices[device].queued();
    }
}
