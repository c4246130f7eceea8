package dev.sluice.vdi.jna.com;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.jna.client.ClientBinding;
import dev.sluice.vdi.jna.client.ClientLibrary;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The client's end of {@code sqlvdi.dll}. */
final class ComClientLibrary implements ClientLibrary {

    private final Apartment apartment;

    ComClientLibrary(Apartment apartment) {
        this.apartment = apartment;
    }

    @Override
    public String name() {
        return "sqlvdi.dll";
    }

    @Override
    public List<Said> checkInstance(@Nullable String instanceName) {
        return Arguments.checkInstance(instanceName);
    }

    @Override
    public List<Said> checkName(String name) {
        return Arguments.checkName(name);
    }

    @Override
    public ClientBinding newDeviceSet() throws VdiException {
        return new ComClientBinding(apartment);
    }
}
