package dev.sluice.ui;

import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes an image as PNG: eight bits a channel, no transparency, each line filtered by the one
 * above.
 */
final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    private static final int UP = 2;

    private Png() {}

    static byte[] encode(Image image) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(SIGNATURE);
        DataOutputStream out = new DataOutputStream(bytes);
        chunk(out, "IHDR", header(width, height));
        chunk(out, "IDAT", lines(image, width, height));
        chunk(out, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    private static byte[] header(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(width);
        out.writeInt(height);
        out.write(new byte[] {8, 2, 0, 0, 0});
        return bytes.toByteArray();
    }

    private static byte[] lines(Image image, int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] above = new byte[width * 3];
        try (var out = new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION))) {
            for (int y = 0; y < height; y++) {
                byte[] line = line(image, y, width);
                out.write(UP);
                out.write(minus(line, above));
                above = line;
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] line(Image image, int y, int width) {
        int[] pixels = new int[width];
        image.getPixelReader()
                .getPixels(0, y, width, 1, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        byte[] line = new byte[width * 3];
        for (int x = 0; x < width; x++) {
            line[x * 3] = (byte) (pixels[x] >> 16);
            line[x * 3 + 1] = (byte) (pixels[x] >> 8);
            line[x * 3 + 2] = (byte) pixels[x];
        }
        return line;
    }

    private static byte[] minus(byte[] line, byte[] above) {
        byte[] difference = new byte[line.length];
        for (int i = 0; i < line.length; i++) {
            difference[i] = (byte) (line[i] - above[i]);
        }
        return difference;
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }
}
