package io.trails.internal.settings;

import io.trails.AgentProfile;
import io.trails.Isolation;
import io.trails.Reason;
import io.trails.internal.json.JsonValue.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;

/** Turns one member of {@code agents} into a profile. */
final class AgentParser {
    private static final String SHELL = "|&;<>()$`\\\"'*?[]#~{}!\n\r";
    private static final long LONGEST_QUIET_MILLIS = 3_600_000;

    private AgentParser() {}

    static AgentProfile parse(String name, Entry entry, List<Reason> warnings) {
        if (name.isBlank()) throw entry.failure("has a blank name");
        var section = new Section(entry);
        AgentProfile.Builder profile = AgentProfile.named(
                name, command(section.require("command", "the program and its arguments, as a list")));
        section.find("resume_arguments")
                .ifPresent(
                        arguments -> profile.resumeArguments(arguments.texts().toArray(new String[0])));
        section.find("requires").ifPresent(requires -> profile.requires(isolation(requires)));
        patterns(section.find("prompts"), profile::prompt);
        patterns(section.find("questions"), profile::question);
        patterns(section.find("busy"), profile::busy);
        section.find("quiet_ms")
                .ifPresent(quiet -> profile.quiet(Duration.ofMillis(quiet.number(LONGEST_QUIET_MILLIS))));
        section.end(warnings);
        return profile.build();
    }

    private static String[] command(Entry entry) {
        List<String> argv;
        if (entry.value() instanceof JsonString) {
            argv = words(entry);
        } else {
            argv = entry.texts();
            if (argv.isEmpty()) throw entry.invalid("a list of at least the program");
        }
        return argv.toArray(new String[0]);
    }

    /** A string is split at blanks and nothing else, so one that a shell would read differently is refused. */
    private static List<String> words(Entry entry) {
        String line = entry.text();
        for (int i = 0; i < line.length(); i++) {
            if (SHELL.indexOf(line.charAt(i)) >= 0) {
                throw entry.invalid("a list of arguments, since no shell reads it; a string may only hold plain words");
            }
        }
        var words = new ArrayList<String>();
        var tokens = new StringTokenizer(line, " \t");
        while (tokens.hasMoreTokens()) words.add(tokens.nextToken());
        return words;
    }

    private static Isolation[] isolation(Entry entry) {
        Set<Isolation> set = EnumSet.noneOf(Isolation.class);
        for (Entry item : entry.items()) {
            try {
                set.add(Isolation.valueOf(item.text().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                throw item.invalid("one of files, processes, system, network");
            }
        }
        return set.toArray(new Isolation[0]);
    }

    private static void patterns(Optional<Entry> entry, Consumer<String> add) {
        if (entry.isEmpty()) return;
        for (Entry item : entry.get().items()) {
            try {
                add.accept(item.text());
            } catch (PatternSyntaxException wrong) {
                throw item.invalid(
                        "a regular expression (" + wrong.getDescription() + " near index " + wrong.getIndex() + ")");
            }
        }
    }

    /** The strings of a list without repetition. */
    static String[] distinct(Entry entry) {
        return new LinkedHashSet<>(entry.texts()).toArray(new String[0]);
    }
}
