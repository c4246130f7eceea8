import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

/**
 * Renders the drawings of this folder into every size and container that a platform asks for:
 * {@code NAME-SIZE.png}, {@code NAME.ico} for Windows, {@code NAME.icns} for macOS. A drawing
 * {@code NAME-small.svg} stands in for the sizes that are too small for the full one.
 */
final class Icons {

    private static final List<Integer> SIZES = List.of(16, 24, 32, 48, 64, 128, 256, 512, 1024);
    private static final List<String> NAMES = List.of("sluice", "profile");
    private static final int LARGEST_SMALL = 32;

    /** Sizes that Windows asks for. */
    private static final List<Integer> ICO = List.of(16, 24, 32, 48, 64, 128, 256);

    /** Types of macOS by the size of their picture; the second halves are for dense screens. */
    private static final Map<String, Integer> ICNS = new LinkedHashMap<>();

    static {
        ICNS.put("icp4", 16);
        ICNS.put("ic11", 32);
        ICNS.put("icp5", 32);
        ICNS.put("ic12", 64);
        ICNS.put("ic07", 128);
        ICNS.put("ic13", 256);
        ICNS.put("ic08", 256);
        ICNS.put("ic14", 512);
        ICNS.put("ic09", 512);
        ICNS.put("ic10", 1024);
    }

    private Icons() {}

    public static void main(String[] args) throws IOException {
        Path sources = Path.of(args[0]);
        Path target = Path.of(args[1]);
        if (upToDate(sources, target)) {
            return;
        }
        System.setProperty("java.awt.headless", "true");
        Files.createDirectories(target);
        for (String name : NAMES) {
            Map<Integer, byte[]> pictures = new LinkedHashMap<>();
            for (int size : SIZES) {
                pictures.put(size, png(drawing(sources, name, size), size));
                Files.write(target.resolve(name + "-" + size + ".png"), pictures.get(size));
            }
            Files.write(target.resolve(name + ".ico"), ico(pictures));
            // written last, so that it tells that all are there
            Files.write(target.resolve(name + ".icns"), icns(pictures));
        }
    }

    private static boolean upToDate(Path sources, Path target) throws IOException {
        Path last = target.resolve(NAMES.getLast() + ".icns");
        if (!Files.exists(last)) {
            return false;
        }
        try (Stream<Path> files = Files.list(sources)) {
            long newest = files.mapToLong(file -> file.toFile().lastModified()).max().orElseThrow();
            return newest < last.toFile().lastModified();
        }
    }

    private static Path drawing(Path sources, String name, int size) {
        Path small = sources.resolve(name + "-small.svg");
        return size <= LARGEST_SMALL && Files.exists(small)
                ? small
                : sources.resolve(name + ".svg");
    }

    private static byte[] png(Path drawing, int size) throws IOException {
        SVGDocument document = new SVGLoader().load(drawing.toUri().toURL());
        if (document == null) {
            throw new IOException(drawing + " is no SVG that can be read");
        }
        BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D canvas = picture.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        document.render(null, canvas, new ViewBox(size, size));
        canvas.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }

    /** A directory of 16 bytes an entry, then the pictures; 256 is written as 0. */
    private static byte[] ico(Map<Integer, byte[]> pictures) {
        int offset = 6 + 16 * ICO.size();
        int length = offset + ICO.stream().mapToInt(size -> pictures.get(size).length).sum();
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.putShort((short) 0).putShort((short) 1).putShort((short) ICO.size());
        for (int size : ICO) {
            out.put((byte) size).put((byte) size).putShort((short) 0);
            out.putShort((short) 1).putShort((short) 32);
            out.putInt(pictures.get(size).length).putInt(offset);
            offset += pictures.get(size).length;
        }
        ICO.forEach(size -> out.put(pictures.get(size)));
        return out.array();
    }

    /** Each picture behind its type and length, big-endian, the header's eight bytes included. */
    private static byte[] icns(Map<Integer, byte[]> pictures) {
        int length = 8 + ICNS.values().stream().mapToInt(s -> 8 + pictures.get(s).length).sum();
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put("icns".getBytes(StandardCharsets.US_ASCII)).putInt(length);
        ICNS.forEach(
                (type, size) ->
                        out.put(type.getBytes(StandardCharsets.US_ASCII))
                                .putInt(8 + pictures.get(size).length)
                                .put(pictures.get(size)));
        return out.array();
    }
}
