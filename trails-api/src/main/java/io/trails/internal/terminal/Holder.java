package io.trails.internal.terminal;

/**
 * The process that holds a detached program: a process id alone would be taken for somebody else's after it was reused.
 *
 * @param pid also the id of the process group the program was started in
 * @param start when it started, as the platform writes it
 * @param boot of which start of the machine, where the platform says so
 */
record Holder(String pid, String start, String boot) {
    static Holder parse(String text) {
        String[] parts = text.split(":", 3);
        return new Holder(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }

    @Override
    public String toString() {
        return pid + ":" + start + ":" + boot;
    }
}
