package io.trails.tmux.internal.server;

import io.trails.tmux.internal.line.LineLostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a server is, or would be. Immutable.
 *
 * @param directory its private directory
 * @param program the tmux that speaks to it
 * @param version of the program
 * @param term a terminal type that the system knows, unless the keeper was there
 * @param running whether it ran a moment ago
 * @param kept whether it had its keeper then
 */
record Site(String directory, String program, TmuxVersion version, String term, boolean running, boolean kept) {
    private static final int LINES = 5;

    /** @throws LineLostException if the output is not that of {@link Script#PREPARE} */
    static Site parse(String output) {
        List<String> lines = output.lines().toList();
        if (lines.size() != LINES) {
            throw new LineLostException("The sandbox gave a wrong answer about tmux: " + output);
        }
        TmuxVersion version = TmuxVersion.parse(lines.get(2))
                // So speaks a server that is just being ended, too.
                .orElseThrow(() -> new LineLostException("This is no tmux that trails knows: " + lines.get(2)));
        String state = lines.get(4);
        return new Site(
                lines.get(0), lines.get(1), version, lines.get(3), !state.equals("rests"), state.equals("keeps"));
    }

    String socket() {
        return directory + "/t.sock";
    }

    /** A client and its options, up to the command. It starts no server where tmux can be told so. */
    List<String> client(String... more) {
        var argv = new ArrayList<String>(List.of(program, "-u", "-S", socket()));
        if (version.isAtLeast(3, 2)) argv.add("-N");
        argv.addAll(List.of(more));
        return argv;
    }

    /** The client that stays connected. It neither sees output nor has a size. */
    List<String> controlClient() {
        List<String> argv = client("-C", "attach-session", "-E", "-t", "=" + TmuxServer.KEEPER);
        if (version.isAtLeast(3, 2)) argv.addAll(List.of("-f", "no-output,ignore-size"));
        return argv;
    }
}
