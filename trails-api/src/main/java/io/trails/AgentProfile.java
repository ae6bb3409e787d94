package io.trails;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How one kind of agent is launched, what it needs, and how its screen is read. Immutable; compared by identity.
 *
 * <p>trails brings profiles for claude, codex, aider, gemini, goose and opencode; others come from settings, from
 * {@link TrailsBuilder#agent} or, for a plain command, from {@link SessionSpec.Builder#agent(String, String...)}.
 */
public final class AgentProfile {
    private final String name;
    private final List<String> launch;
    private final List<String> resumeArguments;
    private final Set<Isolation> requires;
    private final List<Pattern> prompts;
    private final List<Pattern> questions;
    private final List<Pattern> busy;
    private final Duration quiet;

    private AgentProfile(Builder builder) {
        name = builder.name;
        launch = List.copyOf(builder.launch);
        resumeArguments = List.copyOf(builder.resumeArguments);
        requires = Set.copyOf(builder.requires);
        prompts = List.copyOf(builder.prompts);
        questions = List.copyOf(builder.questions);
        busy = List.copyOf(builder.busy);
        quiet = builder.quiet;
        if (launch.isEmpty()) throw new IllegalArgumentException("Agent '" + name + "' needs a launch command");
    }

    /**
     * Starts a profile.
     *
     * @param name what {@link SessionSpec.Builder#agent(String)} calls it
     * @param launch the program and its arguments
     * @return a builder
     */
    public static Builder named(String name, String... launch) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(launch, "launch");
        return new Builder(name).launch(launch);
    }

    /**
     * What specs and settings call it.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The program and its arguments.
     *
     * @return an unmodifiable list, never empty
     */
    public List<String> launch() {
        return launch;
    }

    /**
     * What is appended to {@link #launch()} to go on with the last conversation.
     *
     * @return an unmodifiable list, empty if the agent cannot
     */
    public List<String> resumeArguments() {
        return resumeArguments;
    }

    /**
     * The least isolation it may run with.
     *
     * @return an unmodifiable set
     */
    public Set<Isolation> requires() {
        return requires;
    }

    /**
     * Found in the last lines of the screen when the agent waits at its prompt.
     *
     * @return an unmodifiable list
     */
    public List<Pattern> prompts() {
        return prompts;
    }

    /**
     * Found in the last lines of the screen when the agent asks for a decision. They win over {@link #prompts()}, unless the
     * prompt stands below and an empty line or a rule between them: then the agent only spoke of a question.
     *
     * @return an unmodifiable list
     */
    public List<Pattern> questions() {
        return questions;
    }

    /**
     * Found in the last lines of the screen while the agent works, even if nothing changes. They win over everything.
     *
     * @return an unmodifiable list
     */
    public List<Pattern> busy() {
        return busy;
    }

    /**
     * How long the screen must not change before the agent counts as no longer working.
     *
     * @return the quiet time
     */
    public Duration quiet() {
        return quiet;
    }

    @Override
    public String toString() {
        return "AgentProfile[" + name + " " + launch + "]";
    }

    /** Builds a profile. Single-threaded. */
    public static final class Builder {
        private final String name;
        private List<String> launch = List.of();
        private List<String> resumeArguments = List.of();
        private Set<Isolation> requires = Set.of();
        private final List<Pattern> prompts = new ArrayList<>();
        private final List<Pattern> questions = new ArrayList<>();
        private final List<Pattern> busy = new ArrayList<>();
        private Duration quiet = Duration.ofSeconds(1);

        private Builder(String name) {
            if (name.isBlank()) throw new IllegalArgumentException("An agent needs a name");
            this.name = name;
        }

        /**
         * Sets the program and its arguments.
         *
         * @param argv at least the program
         * @return this builder
         */
        public Builder launch(String... argv) {
            Objects.requireNonNull(argv, "argv");
            launch = List.of(argv);
            return this;
        }

        /**
         * Sets what is appended to resume.
         *
         * @param arguments such as {@code --continue}
         * @return this builder
         */
        public Builder resumeArguments(String... arguments) {
            Objects.requireNonNull(arguments, "arguments");
            resumeArguments = List.of(arguments);
            return this;
        }

        /**
         * Sets the least isolation it may run with.
         *
         * @param isolation what must be isolated
         * @return this builder
         */
        public Builder requires(Isolation... isolation) {
            Objects.requireNonNull(isolation, "isolation");
            requires = Set.of(isolation);
            return this;
        }

        /**
         * Adds a pattern of its prompt.
         *
         * @param regex searched for in each of the last lines
         * @return this builder
         */
        public Builder prompt(String regex) {
            Objects.requireNonNull(regex, "regex");
            prompts.add(Pattern.compile(regex));
            return this;
        }

        /**
         * Adds a pattern of a question.
         *
         * @param regex searched for in each of the last lines
         * @return this builder
         */
        public Builder question(String regex) {
            Objects.requireNonNull(regex, "regex");
            questions.add(Pattern.compile(regex));
            return this;
        }

        /**
         * Adds a pattern of work under way.
         *
         * @param regex searched for in each of the last lines
         * @return this builder
         */
        public Builder busy(String regex) {
            Objects.requireNonNull(regex, "regex");
            busy.add(Pattern.compile(regex));
            return this;
        }

        /**
         * Sets the quiet time.
         *
         * @param time one second unless set
         * @return this builder
         */
        public Builder quiet(Duration time) {
            Objects.requireNonNull(time, "time");
            if (time.isNegative()) throw new IllegalArgumentException("A quiet time cannot be negative: " + time);
            quiet = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * Builds the profile.
         *
         * @return the profile
         */
        public AgentProfile build() {
            return new AgentProfile(this);
        }
    }
}
