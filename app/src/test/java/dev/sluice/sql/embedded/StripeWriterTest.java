package dev.sluice.sql.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.MtfWriter;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Scope;
import dev.sluice.sql.TransferOptions;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.embedded.EmbeddedVdi;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

@Timeout(60)
class StripeWriterTest {

    private static final int SIZE = 65536;

    private final EmbeddedVdi vdi = new EmbeddedVdi();
    private final List<String> names = TestClient.names(1);
    private final ClientDeviceSet client = vdi.newDeviceSet();

    private DeviceSet configuredSet() throws Exception {
        client.create(
                null, names.getFirst(), DeviceSetConfiguration.request(1, Features.LIKE_PIPE));
        DeviceSet set = DeviceSet.open(vdi, names, new TransferOptions(512, 1, SIZE));
        CompletableFuture<Void> configured = new CompletableFuture<>();
        Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                set.configure(Features.WRITE_MEDIA);
                                configured.complete(null);
                            } catch (StatementException e) {
                                configured.completeExceptionally(e);
                            }
                        });
        client.getConfiguration(ClientDeviceSet.INFINITE);
        client.openDevice(names.getFirst());
        configured.join();
        return set;
    }

    private static BackupHeader header() {
        DatabaseEntry entry = new DatabaseEntry("a", LocalDateTime.MIN, "a.mv.db", null, null);
        BackupStatement statement =
                new BackupStatement(
                        BackupType.FULL,
                        "a",
                        new Scope.WholeDatabase(),
                        List.of("d"),
                        BackupStatement.Options.NONE);
        return Headers.of(
                statement, entry, UUID.randomUUID(), new ImageHeader(SIZE, 1, ImageHeader.NO_BASE));
    }

    @Test
    void aBufferWhoseSendIsRefusedComesBackOnce() throws Exception {
        try (DeviceSet set = configuredSet()) {
            StripeWriter writer =
                    new StripeWriter(
                            new MtfWriter(header(), 512),
                            set.channels().getFirst(),
                            set,
                            new Operation(1),
                            new Progress(new Conversation(), 0));
            writer.slots(ByteBuffer.allocate(SIZE / 2));
            set.abort();
            assertThatThrownBy(() -> writer.slots(ByteBuffer.allocate(SIZE / 2)))
                    .isInstanceOf(DeviceFailure.class);
            writer.abandon();
            assertThat(set.pool().poll()).isNotNull();
            assertThat(set.pool().poll()).isNull();
        }
        client.close();
    }
}
