package io.trails.tck;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A process of a session that a test watches. It is told from all others by its id where the session's commands see one
 * another's processes, else by how long it sleeps: an argument that nobody else on this machine has.
 */
final class Sleeper {
    private static final Pattern SLEEPING = Pattern.compile("(\\S*/)?sleep \\d+\\.\\d+ *");
    private static final Pattern SHELL = Pattern.compile("(\\S*/)?sh -c .*", Pattern.DOTALL);

    private static final String UNKNOWN = "unknown";

    private static final String ARGUMENTS =
            "if [ -d /proc/self ]; then cat \"/proc/$1/cmdline\" 2>/dev/null || :; else echo " + UNKNOWN + "; fi";

    private final SandboxLife life;
    private final boolean hasId;
    private final String seconds;
    private Pattern shape = SLEEPING;
    private String pid = "";
    private boolean seen;
    private boolean becomesIt;

    Sleeper(SandboxLife life) {
        this(life, life.hasIds(), 300);
    }

    private Sleeper(SandboxLife life, boolean hasId, int wholeSeconds) {
        this.life = life;
        this.hasId = hasId;
        seconds = wholeSeconds + "." + ThreadLocalRandom.current().nextInt(1_000_000_000, Integer.MAX_VALUE);
    }

    /** One that is looked for and killed without a command of the sandbox; where that cannot be, it ends by itself soon. */
    static Sleeper napping(SandboxLife life) {
        return new Sleeper(life, false, 15);
    }

    /** Shell text that leaves it behind; outputs and input are not held open. */
    String inBackground() {
        becomesIt = true;
        return "mkdir -p pids; sleep " + seconds + " >/dev/null 2>&1 </dev/null & echo $! > " + file() + "\n";
    }

    /** Shell text that says {@code ready} and waits for it: the shell has the id, and the argument is its child's. */
    String inForeground() {
        return "mkdir -p pids; echo $$ > " + file() + "; echo ready; sleep " + seconds + "\n";
    }

    /** Shell text that becomes it. */
    String instead() {
        becomesIt = true;
        return "mkdir -p pids; echo $$ > " + file() + "; exec sleep " + seconds + "\n";
    }

    /** Shell text that does anything but sleep. */
    String awake() {
        shape = SHELL;
        return "mkdir -p pids; echo $$ > " + file() + "; while :; do :; done\n";
    }

    /** Where it says its id, for the shell that starts it. */
    String file() {
        return "pids/" + seconds;
    }

    /** Whether it was seen to have started, now or before. */
    boolean hasStarted() {
        if (hasId) return !pid().isEmpty();
        if (!seen)
            seen = lists().values().stream()
                    .anyMatch(list -> shape.matcher(list).matches());
        return seen;
    }

    /** Waits for its start, which has to come; skips the test if no process table shows the sandbox's processes. */
    void awaitStart() {
        if (Patience.within(Patience.limit(), this::hasStarted)) {
            if (hasId && becomesIt) Patience.until("program of " + this, () -> hasBecomeIt() || !isAlive());
            return;
        }
        if (!hasId) life.assumeShown();
        throw new AssertionError("Not within " + Patience.limit() + ": start of " + this);
    }

    /** Who says an id is still a shell, and on the way from one program to the next has no environment for a moment. */
    private boolean hasBecomeIt() {
        String list = life.sh(ARGUMENTS, pid());
        return list.equals(UNKNOWN) || shape.matcher(list.replace('\0', ' ')).matches();
    }

    boolean isAlive() {
        return isAliveFor(life);
    }

    /** As the sandbox of another session sees it. */
    boolean isAliveFor(SandboxLife observer) {
        if (hasId) return observer.isAlive(pid());
        return !lists().isEmpty();
    }

    void awaitEnd() {
        awaitEndFor(life);
    }

    /** Waits until it is gone, of which not to be seen is a proof only where it would be seen. */
    void awaitEndFor(SandboxLife observer) {
        if (!hasStarted()) {
            if (hasId) throw new AssertionError(this + " never started");
            observer.assumeShown();
        }
        Patience.until("end of " + this, () -> !isAliveFor(observer));
    }

    /** Kills it alone, as by {@code kill -9}, and waits; with no help of the sandbox where that does not know it. */
    void kill() {
        if (hasId) {
            life.sh("kill -9 \"$1\"", pid());
            awaitEnd();
        } else {
            itself().forEach(id -> ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly));
            Patience.until("end of " + this, () -> itself().isEmpty());
        }
    }

    /** Not what launched it with the same argument. */
    private List<Long> itself() {
        Map<Long, String> all = lists();
        all.values().removeIf(list -> !shape.matcher(list).matches());
        return List.copyOf(all.keySet());
    }

    /** Empty as long as it said nothing. */
    private String pid() {
        if (pid.isEmpty()) pid = life.sh("cat \"$1\" 2>/dev/null || :", file());
        return pid;
    }

    private Map<Long, String> lists() {
        return ArgumentLists.with(seconds);
    }

    @Override
    public String toString() {
        return "sleep " + seconds + (pid.isEmpty() ? "" : ", process " + pid);
    }
}
