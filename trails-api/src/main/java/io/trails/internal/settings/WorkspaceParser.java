package io.trails.internal.settings;

import io.trails.DirtyPolicy;
import io.trails.Reason;
import io.trails.Settings;
import io.trails.SetupCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what is configured for the files of sessions. Single-threaded, for one file. */
final class WorkspaceParser {
    private static final long MOST_SECONDS = 24 * 60 * 60;

    private final boolean trusted;
    private final Settings.Builder settings;
    private final List<Reason> warnings;

    WorkspaceParser(boolean trusted, Settings.Builder settings, List<Reason> warnings) {
        this.trusted = trusted;
        this.settings = settings;
        this.warnings = warnings;
    }

    void parse(Section top) {
        top.find("worktree_location").ifPresent(this::location);
        top.find("dirty").ifPresent(this::dirty);
        top.find("large_files").ifPresent(this::largeFiles);
        top.find("setup").ifPresent(this::setup);
    }

    private void location(Entry entry) {
        if (isIgnored(entry, "settings.untrusted-location", "say where trails writes")) return;
        try {
            settings.worktreeLocation(Path.of(entry.text()));
        } catch (IllegalArgumentException noSuchPath) {
            throw entry.invalid("an absolute path, or one that starts with '~/'");
        }
    }

    private void dirty(Entry entry) {
        DirtyPolicy policy = policy(entry);
        boolean changesProject = policy == DirtyPolicy.MOVE;
        if (changesProject && isIgnored(entry, "settings.untrusted-dirty", "take the user's work out of the project"))
            return;
        settings.dirty(policy);
    }

    private static DirtyPolicy policy(Entry entry) {
        String text = entry.text();
        for (DirtyPolicy policy : DirtyPolicy.values()) {
            if (policy.name().toLowerCase(Locale.ROOT).equals(text)) return policy;
        }
        throw entry.invalid("'block', 'ignore', 'carry' or 'move'");
    }

    /** Git's configuration, which may be the repository's, names the program that fetches them. */
    private void largeFiles(Entry entry) {
        boolean fetched = entry.flag();
        if (isIgnored(entry, "settings.untrusted-large-files", "decide what is fetched")) return;
        settings.largeFiles(fetched);
    }

    private void setup(Entry entry) {
        List<Entry> commands = entry.items();
        if (commands.isEmpty() || isIgnored(entry, "settings.untrusted-setup", "run commands")) return;
        for (Entry command : commands) settings.setup(command(command));
    }

    private SetupCommand command(Entry entry) {
        var section = new Section(entry);
        String pattern = section.find("pattern").map(Entry::text).orElse("**");
        Entry command = section.require("command", "the program and its arguments");
        Optional<Entry> seconds = section.find("timeout_s");
        section.end(warnings);
        SetupCommand setup;
        try {
            setup = SetupCommand.in(pattern, command.texts().toArray(new String[0]));
        } catch (IllegalArgumentException wrong) {
            throw entry.failure("is no setup command: " + wrong.getMessage());
        }
        if (seconds.isEmpty()) return setup;
        long longest = seconds.get().number(MOST_SECONDS);
        if (longest == 0) throw seconds.get().outside("at least 1 second");
        return setup.timeout(Duration.ofSeconds(longest));
    }

    private boolean isIgnored(Entry entry, String code, String harm) {
        if (trusted) return false;
        warnings.add(Reason.of(
                code,
                entry.at() + ": '" + entry.key() + "' would let the repository " + harm + ", so it is ignored",
                "Set it in your own settings file if you want it"));
        return true;
    }
}
