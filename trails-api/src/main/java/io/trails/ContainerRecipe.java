package io.trails;

import io.trails.internal.settings.RecipeText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How the container of a session is made. Immutable. It holds no secret, only where secrets are; it is stored with the session
 * and followed again whenever its container has to be made anew.
 *
 * <p>In a settings file it is an object with the keys named below: {@code container}, or one per agent in
 * {@code agent_containers}. A recipe that comes with a repository is not followed until its {@link #hash()} is approved.
 */
public final class ContainerRecipe {
    /** Where the session's files lie unless a recipe says otherwise. */
    public static final String WORKDIR = "/workspace";

    private static final ContainerRecipe EMPTY = builder().build();

    private final Optional<ContainerBase> base;
    private final List<List<String>> setup;
    private final List<List<String>> install;
    private final Optional<String> user;
    private final String workdir;
    private final Map<String, String> environment;
    private final Map<String, String> secrets;
    private final Map<String, String> caches;
    private final List<ContainerService> services;
    private final List<String> include;
    private final List<String> exclude;

    private ContainerRecipe(Builder builder) {
        base = builder.base;
        setup = List.copyOf(builder.setup);
        install = List.copyOf(builder.install);
        user = builder.user;
        workdir = builder.workdir;
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(builder.environment));
        secrets = Collections.unmodifiableMap(new LinkedHashMap<>(builder.secrets));
        caches = Collections.unmodifiableMap(new LinkedHashMap<>(builder.caches));
        services = List.copyOf(builder.services);
        include = List.copyOf(builder.include);
        exclude = List.copyOf(builder.exclude);
    }

    /**
     * Leaves everything to trails.
     *
     * @return the empty recipe
     */
    public static ContainerRecipe empty() {
        return EMPTY;
    }

    /**
     * Starts with nothing said.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads what {@link #text()} wrote, or what somebody wrote who knows the keys.
     *
     * @param json an object
     * @return the recipe
     * @throws TrailsException {@code settings.invalid} if it is none
     */
    public static ContainerRecipe parse(String json) {
        return RecipeText.parse(Objects.requireNonNull(json, "json"));
    }

    /**
     * The recipe as JSON, always the same text for the same recipe.
     *
     * @return an object that {@link #parse} reads
     */
    public String text() {
        return RecipeText.write(this);
    }

    /**
     * What an approval names: SHA-256 of {@link #text()} in UTF-8.
     *
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    public String hash() {
        return RecipeText.hash(text());
    }

    /**
     * What it starts from: {@code image}, {@code rootfs} or {@code archive}.
     *
     * @return the base; without one the provider's default is used
     */
    public Optional<ContainerBase> base() {
        return base;
    }

    /**
     * Commands that are run before the session's files are there, as the image's own user, so that the engine needs to run them
     * once for all sessions: {@code setup}.
     *
     * @return programs with their arguments, in order
     */
    public List<List<String>> setup() {
        return setup;
    }

    /**
     * Commands that are run when the session's files are there, in {@link #workdir()}, as the image's own user:
     * {@code install}.
     *
     * @return programs with their arguments, in order
     */
    public List<List<String>> install() {
        return install;
    }

    /**
     * Who runs the session's commands: {@code user}.
     *
     * @return a name or id of the image, or {@code user:group}; without one the image's own user, or an unprivileged one if that is
     *     root
     */
    public Optional<String> user() {
        return user;
    }

    /**
     * Where the session's files lie in the container: {@code workdir}.
     *
     * @return an absolute path; {@link #WORKDIR} unless set
     */
    public String workdir() {
        return workdir;
    }

    /**
     * Variables of all commands: {@code environment}. No secrets, for they are stored.
     *
     * @return names to values
     */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * Variables of all commands that are secret: {@code secrets}. Only where their values are is stored; they are read from there
     * whenever the container is made or taken up.
     *
     * @return names to references: {@code env:NAME} for a variable of the host, {@code file:PATH} for the contents of a file of the
     *     host, without a line feed at their end
     */
    public Map<String, String> secrets() {
        return secrets;
    }

    /**
     * Directories of the container that outlive it and are shared by all sessions that name the same key, such as a
     * package manager's downloads: {@code caches}. They are the engine's to drop, and no checkpoint has them.
     *
     * @return absolute paths to keys
     */
    public Map<String, String> caches() {
        return caches;
    }

    /**
     * What runs beside the container: {@code services}.
     *
     * @return an unmodifiable list
     */
    public List<ContainerService> services() {
        return services;
    }

    /**
     * What is copied although git ignores it or {@link #exclude()} names it, if it is there: {@code include}.
     *
     * @return patterns, as lines of a {@code .gitignore} at the root of the session's files
     */
    public List<String> include() {
        return include;
    }

    /**
     * What is not copied: {@code exclude}.
     *
     * @return patterns, as lines of a {@code .gitignore} at the root of the session's files
     */
    public List<String> exclude() {
        return exclude;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContainerRecipe that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return "ContainerRecipe" + text();
    }

    /** Builds a recipe. Single-threaded. */
    public static final class Builder {
        private Optional<ContainerBase> base = Optional.empty();
        private final List<List<String>> setup = new ArrayList<>();
        private final List<List<String>> install = new ArrayList<>();
        private Optional<String> user = Optional.empty();
        private String workdir = WORKDIR;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final Map<String, String> secrets = new LinkedHashMap<>();
        private final Map<String, String> caches = new LinkedHashMap<>();
        private final List<ContainerService> services = new ArrayList<>();
        private final List<String> include = new ArrayList<>();
        private final List<String> exclude = new ArrayList<>();

        private Builder() {}

        /**
         * Sets what it starts from.
         *
         * @param chosen the provider's default unless set
         * @return this builder
         */
        public Builder base(ContainerBase chosen) {
            Objects.requireNonNull(chosen, "chosen");
            base = Optional.of(chosen);
            return this;
        }

        /**
         * Sets an image of a registry as what it starts from.
         *
         * @param address such as {@code debian:12-slim}
         * @return this builder
         */
        public Builder image(String address) {
            return base(ContainerBase.image(address));
        }

        /**
         * Adds a command that is run before the session's files are there.
         *
         * @param argv the program and its arguments
         * @return this builder
         */
        public Builder setup(String... argv) {
            setup.add(command(argv));
            return this;
        }

        /**
         * Adds a command that is run when the session's files are there.
         *
         * @param argv the program and its arguments
         * @return this builder
         */
        public Builder install(String... argv) {
            install.add(command(argv));
            return this;
        }

        private static List<String> command(String... argv) {
            Objects.requireNonNull(argv, "argv");
            List<String> copy = List.of(argv);
            if (copy.isEmpty() || copy.get(0).isEmpty()) throw new IllegalArgumentException("A command has a program");
            for (String argument : copy) {
                if (argument.indexOf('\0') >= 0) throw new IllegalArgumentException("An argument contains NUL");
            }
            return copy;
        }

        /**
         * Sets who runs the session's commands.
         *
         * @param nameOrId of the image, or {@code user:group}
         * @return this builder
         */
        public Builder user(String nameOrId) {
            Objects.requireNonNull(nameOrId, "nameOrId");
            if (!nameOrId.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?")) {
                throw new IllegalArgumentException("No user: '" + nameOrId + "'");
            }
            user = Optional.of(nameOrId);
            return this;
        }

        /**
         * Sets where the session's files lie in the container.
         *
         * @param path absolute, and not the root directory
         * @return this builder
         */
        public Builder workdir(String path) {
            Objects.requireNonNull(path, "path");
            workdir = requireInside(path);
            return this;
        }

        /**
         * Adds a variable.
         *
         * @param name its name
         * @param value its value, which is stored
         * @return this builder
         */
        public Builder environment(String name, String value) {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
            EnvironmentNames.check(name, value);
            environment.put(name, value);
            return this;
        }

        /**
         * Adds a variable that is secret.
         *
         * @param name its name
         * @param reference {@code env:NAME} or {@code file:PATH} with an absolute path
         * @return this builder
         */
        public Builder secret(String name, String reference) {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(reference, "reference");
            EnvironmentNames.check(name, reference);
            if (!isReference(reference)) {
                throw new IllegalArgumentException(
                        "A secret is 'env:NAME' or 'file:' with an absolute path, and never the"
                                + " value itself, which is not shown here");
            }
            secrets.put(name, reference);
            return this;
        }

        private static boolean isReference(String text) {
            if (text.startsWith("env:")) return text.length() > 4 && text.indexOf('=') < 0;
            try {
                return text.startsWith("file:") && Path.of(text.substring(5)).isAbsolute();
            } catch (InvalidPathException noPath) {
                return false;
            }
        }

        /**
         * Adds a directory that outlives the container.
         *
         * @param path absolute
         * @param key sessions with the same one share it
         * @return this builder
         */
        public Builder cache(String path, String key) {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(key, "key");
            if (key.isBlank()) throw new IllegalArgumentException("A cache has a key");
            caches.put(requireInside(path), key);
            return this;
        }

        /**
         * Adds something that runs beside the container.
         *
         * @param service what; its name is no other service's
         * @return this builder
         */
        public Builder service(ContainerService service) {
            Objects.requireNonNull(service, "service");
            for (ContainerService other : services) {
                if (other.name().equals(service.name())) {
                    throw new IllegalArgumentException("Two services are called '" + service.name() + "'");
                }
            }
            services.add(service);
            return this;
        }

        /**
         * Adds what is copied although it is ignored.
         *
         * @param pattern as a line of a {@code .gitignore} at the root of the session's files; braces mean themselves
         * @return this builder
         */
        public Builder include(String pattern) {
            Objects.requireNonNull(pattern, "pattern");
            include.add(requirePattern(pattern));
            return this;
        }

        /**
         * Adds what is not copied.
         *
         * @param pattern as a line of a {@code .gitignore} at the root of the session's files; braces mean themselves
         * @return this builder
         */
        public Builder exclude(String pattern) {
            Objects.requireNonNull(pattern, "pattern");
            exclude.add(requirePattern(pattern));
            return this;
        }

        private static String requirePattern(String pattern) {
            if (pattern.isBlank()) throw new IllegalArgumentException("A pattern is not blank");
            if (pattern.indexOf('\n') >= 0 || pattern.indexOf('\r') >= 0) {
                throw new IllegalArgumentException("A pattern is one line, as in a .gitignore: '" + pattern + "'");
            }
            if (hasOpenClass(pattern)) {
                throw new IllegalArgumentException("The pattern '" + pattern + "' is wrong: '[' without ']'");
            }
            return pattern;
        }

        /** Nothing would match it. */
        private static boolean hasOpenClass(String pattern) {
            int at = 0;
            while (at < pattern.length()) {
                char c = pattern.charAt(at);
                if (c == '[') at = endOfClass(pattern, at + 1);
                if (at < 0) return true;
                at += c == '\\' ? 2 : 1;
            }
            return false;
        }

        /** A bracket that comes first is one of the class. */
        private static int endOfClass(String pattern, int begin) {
            boolean negated = begin < pattern.length() && "!^".indexOf(pattern.charAt(begin)) >= 0;
            int at = begin + (negated ? 2 : 1);
            while (at < pattern.length() && pattern.charAt(at) != ']') at += pattern.charAt(at) == '\\' ? 2 : 1;
            return at < pattern.length() ? at : -1;
        }

        private static String requireInside(String path) {
            if (!path.startsWith("/")
                    || path.equals("/")
                    || path.contains("//")
                    || path.indexOf('\0') >= 0
                    || path.matches("(?s).*/\\.\\.?(/.*|$)")) {
                throw new IllegalArgumentException("No absolute, normal path below the root: '" + path + "'");
            }
            return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        }

        /**
         * Builds the recipe.
         *
         * @return the recipe
         * @throws IllegalArgumentException if a cache would cover the session's files, or a variable is secret and not
         */
        public ContainerRecipe build() {
            for (String name : secrets.keySet()) {
                if (environment.containsKey(name)) {
                    throw new IllegalArgumentException("The variable " + name + " is secret and not");
                }
            }
            for (String path : caches.keySet()) {
                if ((workdir + "/").startsWith(path + "/")) {
                    throw new IllegalArgumentException(
                            "The cache at '" + path + "' would cover the session's files at '" + workdir + "'");
                }
            }
            return new ContainerRecipe(this);
        }
    }
}
