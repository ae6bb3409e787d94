package io.trails.daggerdouble.scene;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.OptionalInt;

/** The failures that an engine plays. Each method says from when on and how often. Thread-safe. */
public final class Faults {

    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final Deque<Integer> cuts = new ArrayDeque<>();
    private String refusal = "";
    private Duration startDelay = Duration.ZERO;
    private Duration delay = Duration.ZERO;
    private Duration lostSessionWait = Duration.ofSeconds(10);
    private boolean hangs;
    private final Room room = new Room();
    private boolean exportsAsUser;
    private int bareErrors;

    /** Sessions are given only after a while. */
    public synchronized void slowStart(Duration wait) {
        startDelay = wait;
    }

    /** No session is given or refused any more: the command line tool says nothing and waits. */
    public synchronized void hangAtStart() {
        hangs = true;
    }

    /** The command line tool ends at once, with this on its standard error. */
    public synchronized void refuseSessions(String reason) {
        refusal = reason;
    }

    /** The command line tool ends at once, as where the user may not talk to Docker. */
    public synchronized void denyPermission() {
        refusal =
                "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock";
    }

    /** The next requests are answered by a status, and not executed. */
    public synchronized void answerWith(int status, int times) {
        for (int i = 0; i < times; i++) {
            statuses.add(status);
        }
    }

    /** The next requests are executed, but only the first bytes of their answers arrive. */
    public synchronized void cutAnswers(int bytes, int times) {
        for (int i = 0; i < times; i++) {
            cuts.add(bytes);
        }
    }

    /** Every request waits before it is executed. */
    public synchronized void slowAnswers(Duration wait) {
        delay = wait;
    }

    /** How long a tool waits for each answer whose session was of the engine before its restart; ten seconds in reality. */
    public synchronized void lostSessionWait(Duration wait) {
        lostSessionWait = wait;
    }

    /** The next failed commands are reported without extensions. */
    public synchronized void hideExtensions(int times) {
        bareErrors = times;
    }

    /** Exports go on as where the tool runs as an ordinary user, until there is something that one cannot write. */
    public synchronized void exportAsUser() {
        exportsAsUser = true;
    }

    /** Exports stop at files that are larger, as on a disk that has no more room. */
    public void roomFor(long bytes) {
        room.limit(bytes);
    }

    /** Plays nothing any more. */
    public synchronized void clear() {
        statuses.clear();
        cuts.clear();
        refusal = "";
        startDelay = Duration.ZERO;
        delay = Duration.ZERO;
        hangs = false;
        exportsAsUser = false;
        room.clear();
        bareErrors = 0;
    }

    /** Does what one of the methods does, given as words: its name and its arguments, durations in milliseconds. */
    public void play(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "slowStart" -> slowStart(Duration.ofMillis(Long.parseLong(words[1])));
            case "hangAtStart" -> hangAtStart();
            case "refuseSessions" ->
                refuseSessions(String.join(" ", Arrays.asList(words).subList(1, words.length)));
            case "denyPermission" -> denyPermission();
            case "answerWith" -> answerWith(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "cutAnswers" -> cutAnswers(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "slowAnswers" -> slowAnswers(Duration.ofMillis(Long.parseLong(words[1])));
            case "lostSessionWait" -> lostSessionWait(Duration.ofMillis(Long.parseLong(words[1])));
            case "hideExtensions" -> hideExtensions(Integer.parseInt(words[1]));
            case "exportAsUser" -> exportAsUser();
            case "roomFor" -> roomFor(Long.parseLong(words[1]));
            case "clear" -> clear();
            default -> throw new IllegalArgumentException(line);
        }
    }

    public synchronized OptionalInt nextStatus() {
        return next(statuses);
    }

    public synchronized OptionalInt nextCut() {
        return next(cuts);
    }

    public synchronized String refusal() {
        return refusal;
    }

    public synchronized Duration startDelay() {
        return startDelay;
    }

    public synchronized Duration delay() {
        return delay;
    }

    public synchronized Duration lostSessionWait() {
        return lostSessionWait;
    }

    public synchronized boolean hangs() {
        return hangs;
    }

    public synchronized boolean exportsAsUser() {
        return exportsAsUser;
    }

    public Room room() {
        return room;
    }

    public synchronized boolean nextErrorIsBare() {
        return bareErrors > 0 && bareErrors-- > 0;
    }

    private static OptionalInt next(Deque<Integer> queue) {
        Integer next = queue.poll();
        return next == null ? OptionalInt.empty() : OptionalInt.of(next);
    }
}
