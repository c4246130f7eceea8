package dev.sluice.ui.restore;

import dev.sluice.media.BackupSet;
import dev.sluice.media.RestoreTimes.Span;
import dev.sluice.sql.BackupType;
import dev.sluice.ui.restore.TimeLine.Mark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a time line is drawn where. Pure arithmetic.
 *
 * @param marks what stands for sets, from left to right; one for all of a kind that would cover
 *     each other
 * @param bars the spans in which every second can be chosen
 */
record TimeLineLayout(List<PlacedMark> marks, List<Bar> bars) {

    /** Nearer than this, marks of a kind become one; in pixels. */
    private static final double NEAR = 5;

    /**
     * One set, or several near each other.
     *
     * @param x its middle
     * @param doubted whether it, or each of them, did not pass its last verification
     * @param sets how many it stands for
     * @param chosen whether one of them is to be restored
     */
    record PlacedMark(
            double x,
            BackupType type,
            boolean reachable,
            boolean doubted,
            int sets,
            boolean chosen) {

        private PlacedMark with(boolean another) {
            return new PlacedMark(x, type, reachable, doubted, sets + 1, chosen || another);
        }
    }

    /**
     * A span.
     *
     * @param x its left end
     * @param width at least one pixel
     */
    record Bar(double x, double width) {}

    /** What is seen of a line on a scale. */
    static TimeLineLayout of(TimeLine line, TimeScale scale, Set<BackupSet> chosen) {
        return new TimeLineLayout(marks(line, scale, chosen), bars(line, scale));
    }

    private static List<PlacedMark> marks(TimeLine line, TimeScale scale, Set<BackupSet> chosen) {
        List<PlacedMark> placed = new ArrayList<>();
        Map<BackupType, Integer> last = new EnumMap<>(BackupType.class);
        for (Mark mark : line.marks()) {
            double x = scale.x(mark.at());
            if (x < 0 || x > scale.width()) {
                continue;
            }
            boolean isChosen = chosen.contains(mark.set());
            Integer before = last.get(mark.type());
            if (before != null && isNear(placed.get(before), mark, x)) {
                placed.set(before, placed.get(before).with(isChosen));
            } else {
                last.put(mark.type(), placed.size());
                placed.add(
                        new PlacedMark(
                                x, mark.type(), mark.reachable(), mark.doubted(), 1, isChosen));
            }
        }
        return List.copyOf(placed);
    }

    private static boolean isNear(PlacedMark before, Mark mark, double x) {
        return before.reachable() == mark.reachable()
                && before.doubted() == mark.doubted()
                && x - before.x() < NEAR;
    }

    private static List<Bar> bars(TimeLine line, TimeScale scale) {
        List<Bar> bars = new ArrayList<>();
        for (Span span : line.spans()) {
            double left = Math.max(0, scale.x(span.from()));
            double right = Math.min(scale.width(), scale.x(span.to()));
            if (right >= left) {
                bars.add(new Bar(left, Math.max(1, right - left)));
            }
        }
        return List.copyOf(bars);
    }
}
