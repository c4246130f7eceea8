package dev.sluice.vdi.conformance;

import dev.sluice.vdi.embedded.EmbeddedVdi;
import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.jna.Doubles;
import dev.sluice.vdi.jna.NativeVdiException;
import dev.sluice.vdi.jna.com.ComDouble;
import dev.sluice.vdi.jna.com.ComVdi;
import dev.sluice.vdi.jna.com.ServersOfDouble;
import dev.sluice.vdi.jna.posix.PosixVdi;

import java.nio.file.Path;

/** The ways to reach a device set that the suite runs through. */
enum Provider {
    /** Both ends in this process. */
    EMBEDDED {
        @Override
        Ends open() {
            return new EmbeddedEnds(new EmbeddedVdi());
        }
    },
    /** Both ends through COM, by the double of {@code sqlvdi.dll}. */
    COM {
        @Override
        Ends open() {
            Path library = Doubles.comLibrary();
            ComVdi vdi = new ComVdi(new ComDouble(library));
            return new NativeEnds(vdi, vdi, DoubleControl.of(library));
        }
    },
    /** A client through the double of {@code libsqlvdi.so}, and the double's own server. */
    POSIX {
        @Override
        Ends open() throws NativeVdiException {
            Path library = Doubles.posixLibrary();
            DoubleControl control = DoubleControl.of(library);
            return new NativeEnds(
                    PosixVdi.open(library), new ComVdi(new ServersOfDouble(control)), control);
        }
    };

    /** Both ends, with no set yet. */
    abstract Ends open() throws NativeVdiException;
}
