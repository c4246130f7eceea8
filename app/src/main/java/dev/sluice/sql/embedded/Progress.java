package dev.sluice.sql.embedded;

/** Counts pages and says the percent messages that STATS asks for. Any thread. */
final class Progress {

    private final Conversation conversation;
    private final int step;
    private long total;
    private long done;
    private int said;

    /**
     * @param step percent between two messages; 0 for none
     */
    Progress(Conversation conversation, int step) {
        this.conversation = conversation;
        this.step = step;
    }

    /** Sets how many pages there are in all; before any is added. */
    synchronized void expect(long pages) {
        total = pages;
    }

    /** So many pages more are done. */
    synchronized void add(long pages) {
        done += pages;
        if (step > 0 && total > 0) {
            sayUpTo((int) Math.min(100, done * 100 / total));
        }
    }

    /** Everything is done, whatever was expected. */
    synchronized void complete() {
        if (step > 0) {
            sayUpTo(100);
        }
    }

    private void sayUpTo(int percent) {
        int reached = percent == 100 ? 100 : percent - percent % step;
        if (reached > said) {
            said = reached;
            conversation.say(Messages.percent(reached));
        }
    }
}
