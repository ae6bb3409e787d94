package io.trails.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The requests that trails sent for one command, sent again as they were. Only what makes an engine run the command again differs
 * each time, and the ids that it then gives. Thread-safe.
 */
final class BareExec {
    private static final Pattern NONCE = Pattern.compile("TRAILS_OP\", ?value: ?\"([^\"]+)\"");
    private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\]+)\"");
    /** The files of the session, of which it is told beside what became of them. */
    private static final Pattern FILES = Pattern.compile("\"id\":\"([^\"]+)\",\"changes\":");
    private static final Pattern EXPORT = Pattern.compile("export\\(path: ?\"([^\"]+)\"");

    private final OwnEngine engine;
    private final List<String> queries;

    private BareExec(OwnEngine engine, List<String> queries) {
        this.engine = engine;
        this.queries = List.copyOf(queries);
        if (!NONCE.matcher(queries.get(0)).find()) throw new IllegalStateException("No command: " + queries.get(0));
    }

    /** What the last command sent. */
    static BareExec last(OwnEngine engine, int requests) throws IOException {
        return switch (requests) {
            case 1 -> new BareExec(engine, List.of(engine.query(0)));
            case 2 -> new BareExec(engine, List.of(engine.query(1), engine.query(0)));
            default -> throw new IllegalStateException(requests + " requests");
        };
    }

    /** Runs the command. */
    String run() throws IOException, InterruptedException {
        return engine.ask(again());
    }

    /** What would run it. */
    String again() {
        String query = queries.get(0);
        Matcher nonce = NONCE.matcher(query);
        if (!nonce.find()) throw new IllegalStateException(query);
        return query.substring(0, nonce.start(1)) + UUID.randomUUID() + query.substring(nonce.end(1));
    }

    /** The second request, which gets what the command changed, for the answer to the first one. */
    String fetching(String answer) {
        String query = queries.get(1);
        Set<String> own = texts(query);
        own.removeAll(texts(queries.get(0)));
        Matcher files = FILES.matcher(answer);
        if (!files.find()) throw new IllegalStateException("No files in " + answer);
        String now = files.group(1);
        List<String> ids =
                own.stream().filter(text -> text.length() == now.length()).toList();
        if (ids.size() != 1) throw new IllegalStateException("Not one id but " + ids + " in " + query);
        return query.replace(ids.get(0), now);
    }

    private static Set<String> texts(String query) {
        var texts = new HashSet<String>();
        Matcher text = TEXT.matcher(query);
        while (text.find()) texts.add(text.group(1));
        return texts;
    }

    /** Where the last request puts files. */
    Path staging() {
        Matcher export = EXPORT.matcher(queries.get(queries.size() - 1));
        if (!export.find()) throw new IllegalStateException("Nothing is exported");
        return Path.of(export.group(1));
    }
}
